import { refuse } from '../refuse.ts';
import { checkPack, type PackCheck } from './check-pack.ts';
import { PACK_BYTES } from './limits.ts';
import type { Pack } from './pack.ts';
import { parseJson } from './parse-json.ts';

/** Reads the bytes of pack.json, whose signature has been verified or is not asked for.
 * @throws InklingError E_PACK_LIMIT, E_PACK_FORMAT, E_PACK_EXPIRED, E_PACK_FLOOR */
export function readPack(bytes: Uint8Array, check: PackCheck): Pack {
  if (bytes.length > PACK_BYTES) {
    refuse('E_PACK_LIMIT', 'pack.json', `${PACK_BYTES} bytes`, bytes.length);
  }
  return checkPack(parseJson(bytes, 'pack.json'), check);
}
