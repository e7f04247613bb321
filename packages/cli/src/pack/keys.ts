import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { kidOf } from '@inkling/core/signature';
import { CliError } from '../cli-error.ts';
import { readInput } from '../read-input.ts';

export interface PublicKey {
  /** The 65 bytes of the uncompressed point in base64url: what `data-key` and `publicKeys` take. */
  readonly key: string;
  /** What pack.json.sig calls it. */
  readonly kid: string;
}

/** Writes a new private P-256 key (PKCS #8 in PEM) that only its owner may read, and never over a file that is there.
 * @throws CliError */
export async function createKey(file: string): Promise<PublicKey> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  try {
    await writeFile(file, pem, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw new CliError(file, '', 'a new file', 'one that is there');
  }
  return publicKeyOf(privateKey);
}

/** The public half of a private key. @throws CliError */
export async function readPublicKey(file: string): Promise<PublicKey> {
  return publicKeyOf(await readKey(file));
}

/** Signs the bytes of pack.json. @returns the bytes of pack.json.sig @throws CliError */
export async function signPack(bytes: Uint8Array, keyFile: string): Promise<Uint8Array> {
  const privateKey = await readKey(keyFile);
  const sig = sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return new TextEncoder().encode(`${JSON.stringify({ kid: publicKeyOf(privateKey).kid, sig })}\n`);
}

async function readKey(file: string): Promise<KeyObject> {
  const pem = await readInput(file);
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return key;
    throw new Error(`a key of ${key.asymmetricKeyType}`);
  } catch (cause) {
    // What OpenSSL says of other text is for its own developers.
    const { code = '', message } = cause as NodeJS.ErrnoException;
    const found = code.startsWith('ERR_') ? 'none' : message;
    throw new CliError(file, '', 'a private P-256 key, as `inkling keys` makes it', found);
  }
}

function publicKeyOf(privateKey: KeyObject): PublicKey {
  const { x = '', y = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  const key = Buffer.concat(point).toString('base64url');
  return { key, kid: kidOf(key) };
}
