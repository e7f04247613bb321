import { join } from 'node:path';
import { regimeOf } from '@inkling/consent';
import { Command } from 'commander';
import { renderAudit } from '../audit/audit-page.ts';
import { type Audit, auditSite, FLOWS } from '../audit/audit-site.ts';
import { sayBreach } from '../audit/checklist.ts';
import { launchForAudit } from '../audit/launch.ts';
import { siteFileSchema, withEgress } from '../audit/site-file.ts';
import { checkOutputFolder } from '../check-output.ts';
import { CliError } from '../cli-error.ts';
import { readPackFile } from '../pack/read-pack-file.ts';
import { checkValue, readJson } from '../read-json.ts';
import { writeAtomically } from '../write-atomically.ts';
import { wholeNumber } from './arguments.ts';
import { print, say } from './print.ts';

export interface AuditCommand {
  /** The page to audit, http or https. */
  readonly url: string;
  /** Folder for audit.html and audit.json. */
  readonly out: string;
  /** Path of a Chromium. @default the system's */
  readonly browser?: string;
  /** JSON with the site's controls and declarations. @default Inkling's own */
  readonly controls?: string;
  /** ISO 3166 code of the place the visitor is in, e.g. `US-CA`: which rule the site is held to. @default that of the
   * file, else opt-in */
  readonly region?: string;
  /** The pack whose declarations of what leaves the browser hold: a folder or an http(s) URL. @default none does */
  readonly pack?: string;
  /** Names of the flows to run. @default all */
  readonly flow?: readonly string[];
  /** Milliseconds without anything new after which a page is at rest. @default 1000 */
  readonly quiet?: number;
  readonly now: () => Date;
  readonly onFlow?: (name: string) => void;
}

export function auditCommand(): Command {
  return new Command('audit')
    .argument('<url>', 'the page to audit; new visitors will come to it')
    .description(
      'drive a browser through every consent flow and hold what the site does against what it declares',
    )
    .requiredOption('--out <folder>', 'for audit.html, to forward, and audit.json, for programs')
    .option('--browser <path>', 'a Chromium or Chrome other than the one found')
    .option(
      '--controls <file>',
      'where the controls of another consent manager are, and what the site declares',
    )
    .option('--region <code>', 'the rule of this place, e.g. US-CA, is what the site is held to')
    .option('--pack <pack>', 'a folder or URL: what it declares to leave the browser may do so')
    .option('--flow <name...>', `only these: ${FLOWS.join(', ')}`)
    .option('--quiet <ms>', 'a page is at rest after so long without anything new', wholeNumber)
    .action(async (url: string, options: Omit<AuditCommand, 'url' | 'now'>) => {
      const { breaches } = await runAudit({ ...options, url, now: () => new Date(), onFlow: say });
      for (const breach of breaches) print(sayBreach(breach));
      print(`${breaches.length} breaches; ${join(options.out, 'audit.html')}`);
      if (breaches.length > 0) process.exitCode = 1;
    });
}

/** `inkling audit`: audits a site and writes the report. @throws CliError */
export async function runAudit(options: AuditCommand): Promise<Audit> {
  const { url, out, browser: path, controls, region, pack, flow, quiet, now, onFlow } = options;
  if (!/^https?:/.test(url) || !URL.canParse(url)) throw new CliError('<url>', '', 'an http(s) address', url);
  const unknown = flow?.find((name) => !FLOWS.includes(name));
  if (unknown !== undefined) throw new CliError('--flow', '', FLOWS.join(', '), unknown);
  if (region !== undefined && !/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(region))
    throw new CliError('--region', '', 'an ISO 3166 code such as US-CA', region);
  await checkOutputFolder(out);
  const file = controls
    ? await readJson(controls, siteFileSchema)
    : checkValue('--controls', {}, siteFileSchema);
  const shipped = pack === undefined ? undefined : await readPackFile(pack);
  const { regime, refusalDays } = region === undefined ? file : regimeOf(region, shipped?.regimes);
  const declared = shipped ? withEgress(file, shipped.egress) : file;
  const site = { ...declared, regime, refusalDays };
  await requireAnswer(url);
  const browser = await launchForAudit(path);
  try {
    const audit = await auditSite({
      browser,
      url,
      site,
      flows: flow,
      ...(quiet !== undefined && { quietMs: quiet }),
      ...(onFlow && { onFlow }),
    });
    await writeAtomically(join(out, 'audit.html'), renderAudit(audit, now()));
    await writeAtomically(join(out, 'audit.json'), JSON.stringify(audit, withoutPictures, 2));
    return audit;
  } finally {
    await browser.close();
  }
}

/** The page has them; a file to compare with the last one is better without. */
function withoutPictures(key: string, value: unknown): unknown {
  return key === 'screenshot' ? undefined : value;
}

/** A site that is down has no breaches either. */
async function requireAnswer(url: string): Promise<void> {
  const response = await fetch(url).catch((cause: Error) => cause);
  if (response instanceof Error) throw new CliError(url, '', 'a page', String(response.cause ?? response));
  await response.body?.cancel();
  if (!response.ok) throw new CliError(url, '', 'a page', `status ${response.status}`);
}
