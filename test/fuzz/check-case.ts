import { DEFAULT_LIMITS } from './case-options.ts';
import { parseTree } from './message-tree.ts';
import { type CaseOptions, type OnnxEntry, type Outcome, runCase } from './run-case.ts';

export interface NamedEntry extends OnnxEntry {
  readonly name: string;
}

/** What one entry did with a case, as it is measured from outside. */
interface Measures {
  /** CPU time: wall time would measure the machine's other work. */
  readonly ms: number;
  /** What the process grew by, at its largest. */
  readonly grownKib: number;
  /** Memory of the kernels at the end. */
  readonly kernelBytes: number;
}

/** Does `work` and measures it. */
export type Measure = <T>(work: () => Promise<T>) => Promise<readonly [result: T, measures: Measures]>;

/** CPU time beyond which a case counts as hanging. */
const SLOW_MS = 1000;
/** What one case may add to the process: the arena's 256 MiB and as much again for what waits to be collected. */
const MAX_GROWTH_KIB = 512 * 1024;
const PAGE = 65_536;
/** What kernels may read past the arena's end. */
const MARGIN = 16;
const ELEMENT_COST = 64;

/** Runs a case with each entry, under the limits of `options` and under the package's own.
 * @returns what is wrong, a text for each fault */
export async function checkCase(
  entries: readonly NamedEntry[],
  bytes: Uint8Array,
  seed: number,
  options: CaseOptions,
  measure: Measure,
): Promise<string[]> {
  const faults: string[] = [];
  const check = async (entry: NamedEntry, given: CaseOptions): Promise<Outcome> => {
    const [outcome, measures] = await measure(() => runCase(entry, bytes, seed, given));
    const where = `${entry.name} ${JSON.stringify(given)}`;
    for (const fault of faultsOf(outcome, measures, bytes, given)) faults.push(`${where}: ${fault}`);
    return outcome;
  };
  let agreed: { readonly name: string; readonly result: Buffer } | undefined;
  for (const entry of entries) {
    const { name } = entry;
    const free = await check(entry, {});
    if (options.limits) {
      const limited = await check(entry, options);
      if (!isRestricted(limited, free)) {
        faults.push(`${name} ${JSON.stringify(options)} ${told(limited)}, without ${told(free)}`);
      }
    }
    const { result } = free;
    if (result && agreed && !result.equals(agreed.result)) faults.push(`${name} is not ${agreed.name}`);
    if (result) agreed ??= { name, result };
  }
  return faults;
}

function faultsOf(
  { fault, result, largest = 0, largestFed = 0 }: Outcome,
  { ms, grownKib, kernelBytes }: Measures,
  bytes: Uint8Array,
  { limits: given, backend }: CaseOptions,
): string[] {
  const { arenaBytes, tensorElements, maxWork, modelBytes, nodes } = { ...DEFAULT_LIMITS, ...given };
  const arena = Math.ceil((arenaBytes + MARGIN) / PAGE) * PAGE;
  // What is larger than all that came, as a feed or in the model, has been made.
  const isMade = largest > Math.max(largestFed, bytes.length);
  return [
    fault,
    ms > SLOW_MS && `took ${Math.round(ms)} ms`,
    grownKib > MAX_GROWTH_KIB && `grew memory by ${grownKib >> 10} MiB`,
    backend !== 'js' && kernelBytes > arena && `has kernels with ${kernelBytes} bytes for ${arenaBytes}`,
    result && bytes.length > modelBytes && `took ${bytes.length} bytes`,
    result && countNodes(bytes) > nodes && `took ${countNodes(bytes)} nodes`,
    isMade && largest > tensorElements && `made ${largest} elements`,
    isMade && largest * ELEMENT_COST > maxWork && `made ${largest} elements in ${maxWork} steps`,
  ].filter((text) => typeof text === 'string');
}

/** Of a model that runs: in its first graph. */
function countNodes(bytes: Uint8Array): number {
  const graph = parseTree(bytes).find(({ field }) => field === 7);
  return graph?.children?.filter(({ field }) => field === 1).length ?? 0;
}

/** Smaller limits, and another backend, change nothing but that they refuse. */
function isRestricted(limited: Outcome, free: Outcome): boolean {
  if (limited.fault ?? free.fault) return true; // told already
  if (limited.result) return !!free.result?.equals(limited.result);
  return limited.refusal === 'E_MODEL_LIMIT' || limited.refusal === free.refusal;
}

function told({ refusal = 'gave a result' }: Outcome): string {
  return refusal;
}
