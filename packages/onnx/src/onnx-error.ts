/** What went wrong, for programs; the message is for people.
 *
 * - `E_MODEL_FORMAT` the bytes are not an ONNX model this package can read
 * - `E_MODEL_LIMIT` the model or a run of it is larger than the limits allow
 * - `E_OPERATOR` an operator, or a use of it, is not supported
 * - `E_SHAPE` shapes or indices do not fit together
 * - `E_INPUT` a feed is missing, unknown, or of another type or shape than the model declares
 * - `E_FETCH` the model could not be fetched
 * - `E_RELEASED` the session was used after `release()`
 * - `E_PEER` `@inkling/onnx/ort` alone: onnxruntime-web is not installed, does not start, or refuses what it is given
 */
export type OnnxErrorCode =
  | 'E_MODEL_FORMAT'
  | 'E_MODEL_LIMIT'
  | 'E_OPERATOR'
  | 'E_SHAPE'
  | 'E_INPUT'
  | 'E_FETCH'
  | 'E_RELEASED'
  | 'E_PEER';

/** What the message of an `OnnxError` is made of, where it is known. */
export interface OnnxErrorDetails {
  /** The node's operator and name, and once its inputs are known their types and shapes: `Gemm "dense_1"`,
   * `Gemm "dense_1" of float32[2,3] and float32[4,1]`; or another part of the model: `tensor "w"`. Where it is inside
   * another, the inner one. */
  readonly place?: string;
  readonly expected?: string;
  readonly found?: unknown;
  readonly cause?: unknown;
}

/** The one error of this package. `message` names the place, what was expected and what was found; for programs the same
 * are in `place`, `expected` and `found`, each where it is known. */
export class OnnxError extends Error implements OnnxErrorDetails {
  override readonly name = 'OnnxError';
  declare readonly code: OnnxErrorCode;
  declare readonly place?: string;
  declare readonly expected?: string;
  declare readonly found?: unknown;

  constructor(code: OnnxErrorCode, message: string, details?: OnnxErrorDetails) {
    super(message, details);
    Object.assign(this, details, { code });
  }
}

/** Throws an `OnnxError`; `within` tells the place, and for a kernel its inputs. */
export function fail(code: OnnxErrorCode, expected: string, found?: unknown): never {
  throw new OnnxError(code, `expected ${expected}${found === undefined ? '' : `, found ${found}`}`, {
    expected,
    found,
  });
}

/** Runs `work`; an error from it names the place. */
export function within<T>(place: () => string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    return locate(place(), cause);
  }
}

/** Throws `cause` with the place in front. What is no `OnnxError` comes from bytes that are not what the format says
 * they are, text where a number should be, half a float. */
export function locate(place: string, cause: unknown): never {
  const inner = cause instanceof OnnxError ? cause : { code: 'E_MODEL_FORMAT' as const };
  throw new OnnxError(inner.code, `${place}: ${(cause as Error).message}`, { cause, place, ...inner });
}
