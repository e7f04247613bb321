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

/** An entry of the package, as far as it is needed. */
export interface OnnxEntry {
  readonly InferenceSession: { create(model: Uint8Array): Promise<Session> };
  readonly OnnxError: new (...args: never[]) => Error;
}

const MAX_FED = 100_000;
const RANGE = 6;

/** Creates a session and runs it twice; a refusal is as good as a result. @returns what is wrong, if anything */
export async function runCase(
  { InferenceSession, OnnxError }: OnnxEntry,
  bytes: Uint8Array,
  seed: number,
): Promise<string | undefined> {
  try {
    const session = await InferenceSession.create(bytes);
    const feeds = createFeeds(session, seed);
    const once = session.runSync(feeds);
    const kept = copy(once);
    for (const [name, { data, dims }] of Object.entries(once)) {
      if (data.length !== dims.reduce((a, b) => a * b, 1)) return `${name} has ${data.length} of [${dims}]`;
    }
    if (!kept.equals(copy(session.runSync(feeds)))) return 'a second run gave something else';
    if (!kept.equals(copy(once))) return 'a second run changed the first result';
    await session.release();
  } catch (error) {
    if (!(error instanceof OnnxError)) return describeFault(error);
    if (error.message.length > 10_000) return `a message of ${error.message.length} characters`;
    return hiddenFault(error);
  }
  return undefined;
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

export function describeFault(error: unknown): string {
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

/** Every bit of the outputs. */
function copy(outputs: Readonly<Record<string, Value>>): Buffer {
  return Buffer.concat(
    Object.entries(outputs).map(([name, { type, dims, data }]) =>
      Buffer.concat([
        Buffer.from(`${name} ${type}[${dims}]`),
        ArrayBuffer.isView(data)
          ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
          : Buffer.from(JSON.stringify(data)),
      ]),
    ),
  );
}
