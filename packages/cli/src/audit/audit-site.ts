import type { Browser } from 'playwright-core';
import { type CheckedItem, checklistOf } from './checklist.ts';
import { createDeclarations } from './declarations.ts';
import { createFlowRecord } from './flow-record.ts';
import { CHANGES } from './flows/changes.ts';
import { FIRST_VISIT } from './flows/first-visit.ts';
import type { FlowPlan } from './flows/flow-plan.ts';
import { SIGNALS_AND_TIME } from './flows/signals-and-time.ts';
import type { Breach, Flow } from './observation.ts';
import type { SiteFile } from './site-file.ts';
import { visit } from './visitor.ts';

export interface AuditOptions {
  /** Chromium, as `launchForAudit` starts it. The caller closes it. */
  readonly browser: Browser;
  readonly url: string;
  readonly site: SiteFile;
  /** Milliseconds without anything new after which a page is at rest. @default 1000 */
  readonly quietMs?: number;
  /** Whether each step ends with a picture of the page. @default true */
  readonly pictures?: boolean;
  /** Names of the flows to run. @default all */
  readonly flows?: readonly string[] | undefined;
  /** How many flows run at the same time. @default 1 */
  readonly parallel?: number;
  readonly onFlow?: (name: string) => void;
}

export interface Audit {
  readonly url: string;
  readonly browser: string;
  readonly flows: readonly Flow[];
  readonly breaches: readonly Breach[];
  readonly checklist: readonly CheckedItem[];
}

const PLANS: readonly FlowPlan[] = [...FIRST_VISIT, ...CHANGES, ...SIGNALS_AND_TIME];

/** Names of all flows, in the order they run. */
export const FLOWS: readonly string[] = PLANS.map(({ name }) => name);

/** Visits a site as many times as there are flows, each time as a new visitor. Never throws for what the site does. */
export async function auditSite(options: AuditOptions): Promise<Audit> {
  const { browser, url, site, quietMs = 1000, pictures = true, flows: wanted = FLOWS } = options;
  const { parallel = 1, onFlow } = options;
  const declarations = createDeclarations(site, new URL(url).origin);
  const plans = PLANS.filter(({ name }) => wanted.includes(name));
  const done = new Map<FlowPlan, Flow>();
  const waiting = plans.values();

  async function work(): Promise<void> {
    for (const plan of waiting) {
      onFlow?.(plan.name);
      const record = createFlowRecord(plan, declarations);
      try {
        await visit({ browser, url, site, quietMs, pictures, gpc: plan.gpc }, record, plan.run);
      } catch (error) {
        // A control that is not there or cannot be pressed is a finding as well.
        const { must } = plan;
        record.breach({
          code: 'flow-stopped',
          must,
          message: `The flow could not go on: ${firstLines(error)}`,
        });
      }
      done.set(plan, record.done());
    }
  }

  await Promise.all(Array.from({ length: parallel }, work));
  const flows = plans.flatMap((plan) => done.get(plan) ?? []);
  const breaches = flows.flatMap((flow) => flow.breaches);
  return {
    url,
    browser: `Chromium ${browser.version()}`,
    flows,
    breaches,
    checklist: checklistOf(flows),
  };
}

/** What a browser's driver says first, and what it waited for. */
function firstLines(error: unknown): string {
  const [first = '', ...lines] = String(error instanceof Error ? error.message : error).split('\n');
  return [first, ...lines.filter((line) => line.includes('waiting for'))]
    .map((line) => line.trim())
    .join(' ');
}
