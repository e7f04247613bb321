import { createHash, webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InklingError, openPack, type Pack } from '@inkling/core';
import { catalogSchema, packSchema } from '@inkling/core/pack-schema';
import { CliError } from '../cli-error.ts';
import { checkValue } from '../read-json.ts';

export interface VerifyOptions {
  /** The folder of pack.json. */
  readonly folder: string;
  /** Public keys. @default the signature is not looked at */
  readonly keys?: readonly string[] | undefined;
  readonly now: Date;
}

/** Checks a pack as a browser does, and by the whole schema: signature, form, expiry, and every asset's size and hash.
 * @throws CliError */
export async function verifyPack({ folder, keys, now }: VerifyOptions): Promise<Pack> {
  const file = join(folder, 'pack.json');
  const bytes = await read(file);
  const signature = keys ? await read(`${file}.sig`) : new Uint8Array();
  const { subtle } = webcrypto;
  const pack = await openPack({ bytes, signature, keys, subtle, now: now.getTime() }).catch((cause) => {
    if (cause instanceof InklingError) throw new CliError(file, '', 'a valid pack', cause.message);
    throw cause;
  });
  checkValue(file, pack, packSchema);
  for (const { role, path, bytes: size, sha256, inline } of pack.assets) {
    const asset = join(folder, path);
    const content = inline === undefined ? await read(asset) : Buffer.from(inline, 'base64');
    const found = createHash('sha256').update(content).digest('hex');
    if (content.length !== size) throw new CliError(asset, '', `${size} bytes`, `${content.length}`);
    if (found !== sha256) throw new CliError(asset, '', `sha256 ${sha256}`, found);
    if (role === 'catalog') checkValue(asset, JSON.parse(content.toString()), catalogSchema);
  }
  return pack;
}

async function read(file: string): Promise<Buffer<ArrayBuffer>> {
  try {
    return Buffer.from(await readFile(file));
  } catch {
    throw new CliError(file, '', 'a readable file', 'none');
  }
}
