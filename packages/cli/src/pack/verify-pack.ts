import { createHash, webcrypto } from 'node:crypto';
import { type AssetRole, InklingError, openPack, type Pack } from '@inkling/core';
import { catalogSchema, packSchema } from '@inkling/core/pack-schema';
import { CliError } from '../cli-error.ts';
import { checkValue } from '../read-json.ts';
import { openPackFiles } from './pack-files.ts';

export interface VerifyOptions {
  /** The folder of pack.json, or its http(s) URL. */
  readonly source: string;
  /** Public keys. @default the signature is not looked at */
  readonly keys?: readonly string[] | undefined;
  /** The highest floor of the packs accepted before. @default none was */
  readonly floor?: number | undefined;
  readonly now: Date;
}

export interface VerifiedPack {
  readonly pack: Pack;
  readonly assets: ReadonlyMap<AssetRole, Uint8Array>;
  /** Of pack.json. */
  readonly bytes: Uint8Array;
}

/** More than any file of a pack may have. */
const PACK_JSON_BYTES = 1_048_576;
const SIGNATURE_BYTES = 4096;

/** Checks a pack as a browser does, and by the whole schema: signature, form, expiry, floor, and every asset's size and
 * hash. @throws CliError */
export async function verifyPack({ source, keys, floor, now }: VerifyOptions): Promise<VerifiedPack> {
  const files = openPackFiles(source);
  const file = files.place('pack.json');
  const bytes = await files.read('pack.json', PACK_JSON_BYTES);
  const signature = keys ? await files.read('pack.json.sig', SIGNATURE_BYTES) : new Uint8Array();
  const { subtle } = webcrypto;
  const asked = { bytes, signature, keys, subtle, now: now.getTime(), ...(floor !== undefined && { floor }) };
  const pack = await openPack(asked).catch((cause) => {
    if (cause instanceof InklingError) throw new CliError(file, '', 'a valid pack', cause.message);
    throw cause;
  });
  checkValue(file, pack, packSchema);
  const assets = new Map<AssetRole, Uint8Array>();
  for (const { role, path, bytes: size, sha256, inline } of pack.assets) {
    const asset = files.place(path);
    const content = inline === undefined ? await files.read(path, size) : Buffer.from(inline, 'base64');
    const found = createHash('sha256').update(content).digest('hex');
    if (content.length !== size) throw new CliError(asset, '', `${size} bytes`, `${content.length}`);
    if (found !== sha256) throw new CliError(asset, '', `sha256 ${sha256}`, found);
    if (role === 'catalog') checkValue(asset, JSON.parse(content.toString()), catalogSchema);
    assets.set(role, content);
  }
  return { pack, assets, bytes };
}
