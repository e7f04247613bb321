import type { Engine } from '../../engines/engine.ts';
import { type Account, type Fault, harmOf } from './fault.ts';
import { serveFaults } from './serve-faults.ts';

export interface Outcome {
  readonly fault: Fault;
  /** What the page did that it must not; empty if it stood. */
  readonly harm: readonly string[];
  readonly codes: readonly string[];
}

/** Opens the page of every fault in an engine. */
export async function runFaults(engine: Engine, faults: readonly Fault[]): Promise<readonly Outcome[]> {
  const { url, close } = await serveFaults(faults);
  try {
    const accounts = (await engine.visit(url)) as readonly (Account | string)[] | string;
    if (typeof accounts === 'string') throw new Error(accounts);
    return faults.map((fault, index) => {
      const account = accounts[index] ?? 'no account';
      if (typeof account === 'string') return { fault, harm: [account], codes: [] };
      return { fault, harm: harmOf(fault, account), codes: account.codes };
    });
  } finally {
    close();
  }
}
