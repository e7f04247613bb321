export type InklingErrorCode =
  | 'E_OPTIONS'
  | 'E_PACK_FETCH'
  | 'E_PACK_FORMAT'
  | 'E_PACK_EXPIRED'
  | 'E_PACK_FLOOR'
  | 'E_PACK_LIMIT'
  | 'E_PACK_OFF'
  | 'E_PACK_SIGNATURE'
  | 'E_INTEGRITY'
  | 'E_SPEC_MISMATCH'
  | 'E_MODEL'
  | 'E_SLOT'
  | 'E_ITEM'
  | 'E_PROFILE';

/** The one error of core, client and consent. `message` names the place, what was expected and what was found. */
export class InklingError extends Error {
  override readonly name = 'InklingError';
  declare readonly code: InklingErrorCode;

  constructor(code: InklingErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
