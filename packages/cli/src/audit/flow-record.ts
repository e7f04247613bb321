import { UNDECIDED } from './before-choice.ts';
import type { Declarations } from './declarations.ts';
import type { Breach, Evidence, Flow, Kept, Observation, Step, TimedObservation } from './observation.ts';
import { RECEIPTS } from './site-file.ts';

/** What a flow writes down while it runs; every entry is judged as it comes. */
export interface FlowRecord {
  /** When something was last seen, by `performance.now()`. */
  readonly lastSeen: number;
  /** All that follows belongs to this step. */
  begin(step: string, granted: readonly string[]): void;
  note(seen: Observation, tab: number): void;
  /** Ends the step with what is kept and how the page looks. */
  end(kept: readonly Omit<Kept, 'purpose'>[], screenshot: string): void;
  breach(breach: Pick<Breach, 'code' | 'must' | 'message'>): void;
  evidence(found: Evidence): void;
  done(): Flow;
}

/** @param must the item that something undeclared or ungranted breaks in this flow */
export function createFlowRecord(
  { name, question, must }: { readonly name: string; readonly question: string; readonly must: number },
  declarations: Declarations,
): FlowRecord {
  const started = performance.now();
  const steps: Step[] = [];
  const breaches: Breach[] = [];
  const evidence: Evidence[] = [];
  let step = 'open';
  let granted: readonly string[] = [];
  /** What is granted now, and `receipts` once anything has been: they outlive what they prove. */
  let allowed: readonly string[] = [];
  let observations: TimedObservation[] = [];
  let lastSeen = started;

  function breach(found: Pick<Breach, 'code' | 'must' | 'message'>): void {
    const isKnown = breaches.some(({ code, message }) => code === found.code && message === found.message);
    if (!isKnown) breaches.push({ ...found, flow: name, step });
  }

  return {
    get lastSeen() {
      return lastSeen;
    },
    begin(next, nowGranted) {
      step = next;
      granted = nowGranted;
      const hasGrant = granted.some((purpose) => purpose !== 'necessary' && purpose !== UNDECIDED);
      const isReceipted = allowed.includes(RECEIPTS) || hasGrant;
      allowed = isReceipted ? [...granted, RECEIPTS] : granted;
      observations = [];
    },
    note(seen, tab) {
      lastSeen = performance.now();
      const { purpose, fault } = declarations.judge(seen, allowed);
      observations.push({ ...seen, purpose, tab, at: Math.round(lastSeen - started) });
      if (fault) breach({ ...fault, must, message: fault.message + (seen.by ? `, by ${seen.by}` : '') });
    },
    end(kept, screenshot) {
      const judged = kept.map(({ api, name, bytes }) => {
        const { purpose, fault } = declarations.judgeKept({ api, name, bytes }, allowed);
        if (fault) breach({ ...fault, must });
        return { api, name, bytes, purpose };
      });
      steps.push({ name: step, granted, observations, kept: judged, screenshot });
    },
    breach,
    evidence: (found) => void evidence.push(found),
    done: () => ({ name, question, steps, evidence, breaches }),
  };
}
