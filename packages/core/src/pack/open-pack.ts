import type { PackCheck } from './check-pack.ts';
import type { Pack } from './pack.ts';
import { readPack } from './read-pack.ts';
import { type SignedBytes, verifySignature } from './verify-signature.ts';

/** Opens pack.json: its signature first, over the bytes as they are, then size, form, expiry and floor. Without `keys`
 * nothing is verified, and whoever opens the pack answers for where it came from. The floor to hold against later packs
 * is the greater of the one given and `pack.floor`.
 * @throws InklingError E_PACK_SIGNATURE, E_PACK_LIMIT, E_PACK_FORMAT, E_PACK_EXPIRED, E_PACK_FLOOR */
export async function openPack(source: SignedBytes & PackCheck): Promise<Pack> {
  if (source.keys) await verifySignature(source);
  return readPack(source.bytes, source);
}
