import {
  type AnyFeatureSpec,
  checkPack,
  createEncoder,
  type Encoder,
  type FeatureSpec,
  InklingError,
  type Item,
  type Pack,
  type Scorer,
} from '@inkling/core';
import { createLeanSession, type InferenceSession, OnnxError } from '@inkling/onnx/lean';

type Full = typeof import('@inkling/core/full');

export interface LoadedPack {
  readonly pack: Pack;
  readonly catalog: readonly Item[];
  readonly items: ReadonlyMap<string, Item>;
  readonly encoder: Encoder;
  readonly scorer: Scorer;
}

export interface PackSource {
  readonly url: URL;
  readonly fetch: typeof fetch;
  readonly subtle: Pick<SubtleCrypto, 'digest'> | undefined;
  readonly now: () => number;
}

/** Fetches a pack, checks its form and the hash of every asset, and opens its model. Sends no credentials.
 * @throws InklingError E_PACK_FETCH, E_PACK_FORMAT, E_PACK_EXPIRED, E_INTEGRITY, E_SPEC_MISMATCH, E_MODEL */
export async function loadPack(source: PackSource): Promise<LoadedPack> {
  const text = new TextDecoder().decode(await fetchBytes(source.url, source));
  const pack = checkPack(parse(text, source.url), source.now());
  const [model, catalogBytes] = await Promise.all([
    readAsset(pack, 'model', source),
    readAsset(pack, 'catalog', source),
  ]);
  const catalog = parse(new TextDecoder().decode(catalogBytes), source.url);
  if (!Array.isArray(catalog)) throw new InklingError('E_PACK_FORMAT', 'The catalog is not a list.');
  const { encoder, full } = await openEncoder(pack.spec);
  return {
    pack,
    catalog,
    items: new Map(catalog.map((item: Item) => [item.id, item])),
    encoder,
    scorer: await createScorer(model, pack, encoder, full),
  };
}

/** The eager encoder knows what most specs name; for other names and formats the full tables are loaded. */
async function openEncoder(spec: AnyFeatureSpec): Promise<{ encoder: Encoder; full?: Full }> {
  try {
    // Of another format, the encoder refuses it.
    return { encoder: createEncoder(spec as FeatureSpec) };
  } catch {
    const full = await import('@inkling/core/full');
    return { encoder: full.createFullEncoder(spec), full };
  }
}

async function createScorer(
  model: Uint8Array,
  pack: Pack,
  encoder: Encoder,
  full: Full | undefined,
): Promise<Scorer> {
  const session = await openModel(model).catch((cause: unknown) => {
    throw new InklingError('E_MODEL', `The model cannot be read: ${String(cause)}`, { cause });
  });
  const made = session.metadata['inkling.spec'];
  if (made !== pack.fingerprint) {
    throw new InklingError(
      'E_SPEC_MISMATCH',
      `The model was made for spec ${made}, the pack has ${pack.fingerprint}.`,
    );
  }
  return (features, rows) => {
    const { score } = session.runSync(
      full?.modelInputs(encoder, features, rows) ?? {
        features: { type: 'float32', data: features, dims: [rows, encoder.width] },
      },
    );
    return (score?.data ?? []) as Float32Array;
  };
}

/** The eager engine knows what nearly every ranker is made of; for other operators the whole one is loaded. */
async function openModel(model: Uint8Array): Promise<InferenceSession> {
  try {
    return createLeanSession(model);
  } catch (cause) {
    if (!(cause instanceof OnnxError) || cause.code !== 'E_OPERATOR') throw cause;
    const { InferenceSession } = await import('@inkling/onnx/full');
    return await InferenceSession.create(model);
  }
}

async function readAsset(pack: Pack, role: string, source: PackSource): Promise<Uint8Array> {
  const asset = pack.assets.find((candidate) => candidate.role === role);
  if (!asset) throw new InklingError('E_PACK_FORMAT', `pack.assets: expected a ${role}, found none`);
  const url = new URL(asset.path, source.url);
  if (url.origin !== source.url.origin) {
    throw new InklingError('E_PACK_FORMAT', `pack.assets: expected a path, found ${asset.path}`);
  }
  const bytes =
    asset.inline === undefined
      ? await fetchBytes(url, source)
      : Uint8Array.from(atob(asset.inline), (char) => char.charCodeAt(0));
  const hash = source.subtle && new Uint8Array(await source.subtle.digest('SHA-256', bytes));
  const found = hash
    ? Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
    : 'no way to hash';
  if (found !== asset.sha256) {
    throw new InklingError('E_INTEGRITY', `${asset.path}: expected sha256 ${asset.sha256}, found ${found}`);
  }
  return bytes;
}

async function fetchBytes(url: URL, { fetch }: PackSource): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, { credentials: 'omit' });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new InklingError('E_PACK_FETCH', `${url.pathname} could not be fetched: ${String(cause)}`, {
      cause,
    });
  }
}

function parse(text: string, url: URL): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InklingError('E_PACK_FORMAT', `${url.pathname}: expected JSON, found ${String(cause)}`, {
      cause,
    });
  }
}
