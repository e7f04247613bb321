import { createRandom } from '../onnx/random.ts';

interface Value {
  readonly type: string;
  readonly data: ArrayLike<unknown>;
  readonly dims: readonly number[];
}

interface Session {
  readonly inputMetadata: readonly {
    readonly name: string;
    readonly type: string;
    readonly shape: readonly (number | string)[];
  }[];
  runSync(feeds: Readonly<Record<string, Value>>): Readonly<Record<string, Value>>;
  release(): Promise<void>;
}

export interface CaseLimits {
  readonly modelBytes: number;
  readonly nodes: number;
  readonly tensorElements: number;
  readonly arenaBytes: number;
  readonly maxWork: number;
}

export interface CaseOptions {
  readonly limits?: Partial<CaseLimits>;
  readonly backend?: 'wasm' | 'js';
}

/** How an entry of the package makes a session, and what it may throw. */
export interface OnnxEntry {
  create(model: Uint8Array, options: CaseOptions): Promise<Session>;
  readonly OnnxError: new (...args: never[]) => Error & { readonly code: string };
}

/** What became of a case: a result or a refusal, or else what is wrong. */
export interface Outcome {
  readonly fault?: string;
  /** Code of an `OnnxError`. */
  readonly refusal?: string;
  /** Every bit of the outputs; NaN is NaN. */
  readonly result?: Buffer;
  /** Elements of the largest output, and of the largest feed. */
  readonly largest?: number;
  readonly largestFed?: number;
}

const MAX_FED = 100_000;
const RANGE = 6;

/** Creates a session and runs it twice; a refusal is as good as a result. */
export async function runCase(
  { create, OnnxError }: OnnxEntry,
  bytes: Uint8Array,
  seed: number,
  options: CaseOptions,
): Promise<Outcome> {
  try {
    const session = await create(bytes, options);
    const feeds = createFeeds(session, seed);
    const once = session.runSync(feeds);
    const result = copy(once);
    for (const [name, { data, dims }] of Object.entries(once)) {
      if (data.length !== dims.reduce((a, b) => a * b, 1)) {
        return { fault: `${name} has ${data.length} of [${dims}]` };
      }
    }
    if (!result.equals(copy(session.runSync(feeds)))) return { fault: 'a second run gave something else' };
    if (!result.equals(copy(once))) return { fault: 'a second run changed the first result' };
    await session.release();
    return { result, largest: largestOf(once), largestFed: largestOf(feeds) };
  } catch (error) {
    if (!(error instanceof OnnxError)) return { fault: describeFault(error) };
    if (error.message.length > 10_000) return { fault: `a message of ${error.message.length} characters` };
    const fault = hiddenFault(error);
    return fault === undefined ? { refusal: error.code } : { fault };
  }
}

function largestOf(values: Readonly<Record<string, Value>>): number {
  const sizes = Object.values(values).map(({ dims }) => dims.reduce((a, b) => a * b, 1));
  return Math.max(0, ...sizes);
}

/** What no check stopped hides as the cause of an `OnnxError`: a name that is not there, or more memory or stack than
 * there is. An error of another kind may be the shortest way to find that bytes are not what they should be. */
function hiddenFault({ cause }: Error): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const isFault =
    cause instanceof ReferenceError ||
    (cause instanceof RangeError &&
      /allocation|invalid (typed )?array length|memory|stack/i.test(cause.message));
  return isFault ? describeFault(cause) : hiddenFault(cause);
}

function describeFault(error: unknown): string {
  return error instanceof Error ? `${error.stack}` : String(error);
}

function createFeeds({ inputMetadata }: Session, seed: number): Record<string, Value> {
  const random = createRandom(seed);
  const symbols = new Map<string, number>();
  return Object.fromEntries(
    inputMetadata.map(({ name, type, shape }) => {
      const dims = shape.map((dim) => {
        if (typeof dim === 'number') return dim;
        if (!symbols.has(dim)) symbols.set(dim, random.integer(20) ? 1 + random.integer(4) : 0);
        return symbols.get(dim) ?? 1;
      });
      const size = dims.reduce((a, b) => a * b, 1);
      const length = size <= MAX_FED ? size : 1;
      return [name, { type, data: createData(type, length, random), dims: size <= MAX_FED ? dims : [1] }];
    }),
  );
}

function createData(
  type: string,
  length: number,
  random: ReturnType<typeof createRandom>,
): ArrayLike<unknown> {
  const whole = (): number => random.integer(RANGE) - (random.integer(4) ? 0 : RANGE);
  if (type === 'string') return Array.from({ length }, () => 'abc'.slice(random.integer(4)));
  if (type === 'int64') return BigInt64Array.from({ length }, () => BigInt(whole()));
  if (type === 'uint64') return BigUint64Array.from({ length }, () => BigInt(random.integer(RANGE)));
  if (type === 'bool') return Uint8Array.from({ length }, () => random.integer(2));
  if (type === 'float32') return random.floats(length);
  if (type === 'float64') return Float64Array.from(random.floats(length));
  if (type === 'float16') return Uint16Array.from({ length }, () => random.integer(65_536));
  const arrays = {
    int8: Int8Array,
    int16: Int16Array,
    int32: Int32Array,
    uint8: Uint8Array,
    uint16: Uint16Array,
    uint32: Uint32Array,
  };
  return arrays[type as keyof typeof arrays].from(Array.from({ length }, whole));
}

/** Every bit of the outputs, with one NaN for all. */
function copy(outputs: Readonly<Record<string, Value>>): Buffer {
  return Buffer.concat(
    Object.entries(outputs).map(([name, { type, dims, data }]) =>
      Buffer.concat([
        Buffer.from(`${name} ${type}[${dims}]`),
        ArrayBuffer.isView(data) ? bytesOf(data) : Buffer.from(JSON.stringify(data)),
      ]),
    ),
  );
}

function bytesOf(data: ArrayBufferView): Uint8Array {
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  const { buffer, byteOffset, byteLength } = isFloat
    ? data.map((v) => (Number.isNaN(v) ? Number.NaN : v))
    : data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
