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

/** The one error of this package. `message` names the place, what was expected and what was found. */
export class OnnxError extends Error {
  override readonly name = 'OnnxError';
  readonly code: OnnxErrorCode;

  constructor(code: OnnxErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Throws an `OnnxError`; `within` tells the place, and for a kernel its inputs. */
export function fail(code: OnnxErrorCode, expected: string, found?: unknown): never {
  throw new OnnxError(code, `expected ${expected}${found === undefined ? '' : `, found ${found}`}`);
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
  const code = cause instanceof OnnxError ? cause.code : 'E_MODEL_FORMAT';
  throw new OnnxError(code, `${place}: ${(cause as Error).message}`, { cause });
}
