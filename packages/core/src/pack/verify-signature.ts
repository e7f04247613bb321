import { refuse } from '../refuse.ts';
import { fromBase64Url } from './base64url.ts';
import { parseJson } from './parse-json.ts';

/** What is needed of the platform's `crypto.subtle`. */
export interface Subtle {
  importKey(
    format: 'raw',
    key: Uint8Array<ArrayBuffer>,
    algorithm: { readonly name: 'ECDSA'; readonly namedCurve: 'P-256' },
    extractable: boolean,
    usages: 'verify'[],
  ): Promise<unknown>;
  verify(
    algorithm: { readonly name: 'ECDSA'; readonly hash: 'SHA-256' },
    // The key that importKey gave: a CryptoKey, whose type belongs to the platform.
    key: never,
    signature: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
}

export interface SignedBytes {
  /** Of pack.json, exactly as they were fetched. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of pack.json.sig: `{"kid","sig"}`. */
  readonly signature: Uint8Array;
  /** One or two public P-256 keys: the 65 bytes of the uncompressed point in base64url. @default none */
  readonly keys?: readonly string[] | undefined;
  readonly subtle: Subtle | undefined;
}

const NAME = 'pack.json.sig';
/** A key's name is the start of its own text. */
const KID_LENGTH = 16;

/** The `kid` of a public key. */
export function kidOf(key: string): string {
  return key.slice(0, KID_LENGTH);
}

/** Verifies ECDSA over P-256 and SHA-256 (FIPS 186-5, section 6), the signature as r and s of 32 bytes each (IEEE P1363).
 * @throws InklingError E_PACK_SIGNATURE, E_PACK_FORMAT where the signature is no JSON */
export async function verifySignature({ bytes, signature, keys = [], subtle }: SignedBytes): Promise<void> {
  const { kid, sig } = (parseJson(signature, NAME) ?? {}) as {
    readonly kid?: unknown;
    readonly sig?: unknown;
  };
  const key = keys.find((candidate) => kidOf(candidate) === kid);
  if (key === undefined) {
    refuse('E_PACK_SIGNATURE', NAME, `kid ${keys.map(kidOf).join(' or ')}`, kid);
  }
  let valid = false;
  let cause: unknown;
  try {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;
    const imported = await subtle?.importKey('raw', fromBase64Url(key), algorithm, false, ['verify']);
    valid =
      (await subtle?.verify(
        { name: 'ECDSA', hash: 'SHA-256' },
        imported as never,
        fromBase64Url(String(sig)),
        bytes,
      )) ?? false;
  } catch (error) {
    cause = error;
  }
  if (!valid) {
    const found = subtle ? 'another' : 'no way to verify';
    refuse('E_PACK_SIGNATURE', NAME, `the signature of these bytes by ${kid}`, found, cause);
  }
}
