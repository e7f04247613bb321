import {
  type AssetRole,
  type Encoder,
  type Item,
  type ModelOutput,
  openPack,
  type Pack,
  readCatalog,
  refuse,
  type Scorer,
  type SlateKinds,
  type SlotSpec,
} from '@inkling/core';
import { createFullEncoder, modelInputs, slateKindsFor } from '@inkling/core/full';
import { InferenceSession } from '@inkling/onnx/full';
import { createSlotMemo, type SlotMemo } from '../slots/slot-memo.ts';

/** A pack as the edge decides by it. */
export interface EdgePack {
  readonly pack: Pack;
  /** The slots that the edge decides; none where the pack turns the site off. */
  readonly slots: ReadonlyMap<string, SlotSpec>;
  readonly items: ReadonlyMap<string, Item>;
  /** Slots as they were written lately by its decisions. */
  readonly memo: SlotMemo;
  /** What every decision is made with. */
  readonly means: {
    readonly encoder: Encoder;
    readonly scorer: Scorer;
    readonly output: ModelOutput;
    readonly slateKinds: SlateKinds;
  };
}

/** A file of the pack by its name. Rejects where there is none. */
export type ReadPackFile = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

export interface PackTrust {
  /** One or two public P-256 keys. @default no signature is asked for */
  readonly keys: readonly string[] | undefined;
  /** The highest floor of any pack accepted so far. */
  readonly floor: number;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * Opens a pack: its signature where there are keys, its form, expiry and floor, the hash of what the edge uses, and its
 * model. Refused is a pack of which any of that is not right.
 *
 * @param bytes Of pack.json.
 * @throws InklingError E_PACK_SIGNATURE, E_PACK_LIMIT, E_PACK_FORMAT, E_PACK_EXPIRED, E_PACK_FLOOR, E_INTEGRITY,
 * E_SPEC_MISMATCH, E_MODEL; and whatever `read` rejects with
 */
export async function openEdgePack(
  bytes: Uint8Array<ArrayBuffer>,
  read: ReadPackFile,
  { keys, floor, now }: PackTrust,
): Promise<EdgePack> {
  const signature = keys ? await read('pack.json.sig') : new Uint8Array();
  const { subtle } = crypto;
  const pack = await openPack({ bytes, signature, keys, subtle, floor, now });
  const decided = pack.off ? [] : pack.slots.filter(({ decide }) => decide === 'edge');
  const slots = new Map(decided.map((slot) => [slot.id, slot]));
  const [model, catalog] = await Promise.all([
    readAsset(pack, 'model', read),
    readAsset(pack, 'catalog', read),
  ]);
  return {
    pack,
    slots,
    items: new Map(readCatalog(catalog).map((item) => [item.id, item])),
    memo: createSlotMemo(),
    means: await openMeans(pack, model),
  };
}

async function openMeans(pack: Pack, model: Uint8Array): Promise<EdgePack['means']> {
  const encoder = createFullEncoder(pack.spec);
  const slateKinds = slateKindsFor(pack.slots);
  const session = await InferenceSession.create(model).catch((cause: unknown) =>
    refuse('E_MODEL', 'model', 'ONNX', cause, cause),
  );
  const made = session.metadata['inkling.spec'];
  if (made !== pack.fingerprint) {
    refuse('E_SPEC_MISMATCH', 'metadata inkling.spec', pack.fingerprint, made);
  }
  return {
    encoder,
    slateKinds,
    // As for the client, which does not check it either: `inkling pack` has.
    output: (session.metadata['inkling.output'] ?? 'logit') as ModelOutput,
    scorer: (features, rows) =>
      (session.runSync(modelInputs(encoder, features, rows)).score?.data ?? []) as Float32Array,
  };
}

/** The bytes of an asset, whose hash is that of the pack. */
async function readAsset({ assets }: Pack, role: AssetRole, read: ReadPackFile): Promise<Uint8Array> {
  const asset = assets.find((candidate) => candidate.role === role);
  if (!asset) return refuse('E_PACK_FORMAT', 'pack.assets', `a ${role}`, 'none');
  // A name in the pack's own folder.
  if (/[^\w.-]/.test(asset.path)) refuse('E_PACK_FORMAT', 'pack.assets', 'a file name', asset.path);
  const bytes =
    asset.inline === undefined
      ? await read(asset.path)
      : Uint8Array.from(atob(asset.inline), (char) => char.charCodeAt(0));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const found = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found !== asset.sha256) refuse('E_INTEGRITY', asset.path, `sha256 ${asset.sha256}`, found);
  return bytes;
}
