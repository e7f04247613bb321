import { Command } from 'commander';
import { checkOutputFile } from '../check-output.ts';
import { diffHtml } from '../pack/diff-html.ts';
import { diffPacks, type PackDiff } from '../pack/diff-packs.ts';
import { diffText } from '../pack/diff-text.ts';
import { verifyPack } from '../pack/verify-pack.ts';
import { writeAtomically } from '../write-atomically.ts';
import { print } from './print.ts';

export interface DiffCommand {
  /** Folders of pack.json, or http(s) URLs. */
  readonly before: string;
  readonly after: string;
  /** Where a page that shows the difference goes. */
  readonly html?: string;
}

export function diffCommand(): Command {
  return new Command('diff')
    .description('what changed between two packs, and what it does to the page')
    .argument('<before>', 'a folder, or the URL of one or of its pack.json')
    .argument('<after>', 'the same')
    .option('--html <file>', 'draw it: one page that needs nothing else')
    .action(async (before: string, after: string, options: { readonly html?: string }) => {
      const diff = await runDiff({ before, after, ...options });
      print(options.html ?? diffText(diff));
    });
}

/** `inkling diff`: compares two packs; an expired one can still be compared. Signatures are not looked at. */
export async function runDiff({ before, after, html }: DiffCommand): Promise<PackDiff> {
  if (html) await checkOutputFile(html);
  const now = new Date(0);
  const diff = await diffPacks(
    await verifyPack({ source: before, now }),
    await verifyPack({ source: after, now }),
  );
  if (html) await writeAtomically(html, diffHtml(diff));
  return diff;
}
