import {
  type AssetRole,
  basicSlateKinds,
  beyondBasic,
  createEncoder,
  type DecideRequest,
  type Decision,
  decide,
  type Encoder,
  type FeatureSpec,
  type Item,
  type ModelOutput,
  type Pack,
  readCatalog,
  readPack,
  refuse,
  type Scorer,
  type SlateKinds,
} from '@inkling/core';
import type { CatalogIndex } from '@inkling/core/candidates';
import type { AssignSlots } from '@inkling/core/experiments';
import type { Subtle } from '@inkling/core/signature';
import type { OnnxError } from '@inkling/onnx/lean';
import { compileLean, openDenseKernels } from '@inkling/onnx/lean-program';
import type { Engine, EngineSource } from './engine.ts';
import { type FetchPort, fetchBytes } from './fetch-bytes.ts';

export interface LoadedPack extends CatalogIndex {
  readonly pack: Pack;
  readonly catalog: readonly Item[];
  readonly items: ReadonlyMap<string, Item>;
  /** Where the pack has experiments. */
  readonly assign: AssignSlots | undefined;
  readonly means: DecisionMeans;
  /** Decides at once, or in steps where the model may cost more than a moment: then undefined where the answer is yes.
   * @param isLate asked between two steps: whether nobody needs it any more */
  decide(request: DecideRequest, isLate: () => boolean | undefined): Decision | Promise<Decision | undefined>;
}

/** Bytes of a model that costs no device much: some 8,000 weights. */
const LIGHT_BYTES = 32_768;

/** What every decision by the pack is made with. */
interface DecisionMeans {
  readonly encoder: Encoder;
  readonly scorer: Scorer;
  /** What the model's score means. */
  readonly output: ModelOutput;
  /** What the pack's slots may name. */
  readonly slateKinds: SlateKinds;
}

export interface PackSource extends FetchPort, EngineSource {
  readonly url: URL;
  readonly subtle: (Pick<SubtleCrypto, 'digest'> & Subtle) | undefined;
  readonly now: () => number;
  /** Whoever may sign it. @default no signature is asked for */
  readonly keys: readonly string[] | undefined;
  /** Opens the model. @default an engine of `@inkling/onnx` */
  readonly engine?: ((model: Uint8Array) => Promise<Engine>) | undefined;
}

/** Fetches a pack, verifies its signature where there is a key, checks its form and the hash of every asset, and opens
 * its model. Sends no credentials.
 * @throws InklingError E_PACK_FETCH, E_PACK_SIGNATURE, E_PACK_LIMIT, E_PACK_FORMAT, E_PACK_EXPIRED, E_PACK_FLOOR,
 * E_PACK_OFF, E_INTEGRITY, E_SPEC_MISMATCH, E_MODEL */
export async function loadPack(source: PackSource): Promise<LoadedPack> {
  const { url, keys } = source;
  const [bytes, signed] = await Promise.all([
    fetchBytes(url, source),
    keys && Promise.all([import('@inkling/core/signature'), fetchBytes(new URL(`${url}.sig`), source)]),
  ]);
  if (signed) await signed[0].verifySignature({ ...source, bytes, signature: signed[1] });
  const pack = readPack(bytes, { now: source.now() });
  if (pack.off) refuse('E_PACK_OFF', 'pack', 'on', 'off');
  const asset = (role: AssetRole) => readAsset(pack, role, source);
  const asksCatalog = /"list"|"last:neighbours"/.test(JSON.stringify([pack.slots, pack.spec]));
  const [model, catalogBytes, neighbours, candidates, experiments, words] = await Promise.all([
    asset('model'),
    asset('catalog'),
    asksCatalog && asset('neighbours'),
    asksCatalog ? import('@inkling/core/candidates') : undefined,
    pack.experiments && import('@inkling/core/experiments'),
    openVocabulary(pack),
  ]);
  const catalog = readCatalog(catalogBytes);
  return {
    pack,
    catalog,
    items: new Map(catalog.map((item: Item) => [item.id, item])),
    ...candidates?.indexCatalog({ pack, catalog, neighbours }),
    assign: experiments?.createAssignment(pack),
    ...(await openMeans(model, pack, words, source)),
  };
}

/** What the names in a pack's spec and slots stand for. */
interface Vocabulary {
  readonly encoder: Encoder;
  readonly slateKinds: SlateKinds;
  readonly full?: typeof import('@inkling/core/full');
}

/** The eager tables know what most packs name; for other names and formats the full ones are loaded. */
async function openVocabulary({ spec, slots, experiments }: Pack): Promise<Vocabulary> {
  try {
    // Of another format, the encoder refuses it.
    if (!beyondBasic([slots, experiments]))
      return { encoder: createEncoder(spec as FeatureSpec), slateKinds: basicSlateKinds };
  } catch {}
  const full = await import('@inkling/core/full');
  return { encoder: full.createFullEncoder(spec), slateKinds: full.slateKindsFor(slots), full };
}

async function openMeans(
  model: Uint8Array,
  pack: Pack,
  { full, ...words }: Vocabulary,
  source: PackSource,
): Promise<Pick<LoadedPack, 'means' | 'decide'>> {
  const { encoder } = words;
  const { metadata, run, createStepDecider } = await (source.engine ?? openModel)(model, source).catch(
    (cause: unknown) => {
      return refuse('E_MODEL', 'model', 'ONNX', cause, cause);
    },
  );
  const made = metadata['inkling.spec'];
  if (made !== pack.fingerprint) {
    refuse('E_SPEC_MISMATCH', 'metadata inkling.spec', pack.fingerprint, made);
  }
  const scorer: Scorer = (features, rows) => {
    const { score } = run(
      full?.modelInputs(encoder, features, rows) ?? {
        features: { type: 'float32', data: features, dims: [rows, encoder.width] },
      },
    );
    // What is another tensor, or a promise, is no score: E_MODEL.
    return (score?.data ?? []) as Float32Array;
  };
  return {
    means: { ...words, output: (metadata['inkling.output'] ?? 'logit') as ModelOutput, scorer },
    decide: createStepDecider?.({ decide, score: scorer }) ?? decide,
  };
}

/** The eager engine knows what nearly every ranker is made of; for other operators the whole one is loaded. */
async function openModel(model: Uint8Array, source: EngineSource): Promise<Engine> {
  try {
    const kernels = openDenseKernels() ?? (await import('@inkling/onnx/js-kernels')).createJsKernels();
    const engine = compileLean(model, kernels);
    if (model.length <= LIGHT_BYTES) return engine;
    const { createStepDecider } = await import('./decide-in-steps.ts');
    return { ...engine, createStepDecider };
  } catch (cause) {
    if ((cause as OnnxError).code !== 'E_OPERATOR') throw cause;
    const { openWhole } = await import('./open-whole.ts');
    return openWhole(model, source);
  }
}

/** The bytes of an asset; none where the pack does not have it. */
async function readAsset(pack: Pack, role: AssetRole, source: PackSource): Promise<Uint8Array> {
  const asset = pack.assets.find((candidate) => candidate.role === role);
  if (!asset) return new Uint8Array();
  // A name in the pack's own folder, so that nothing is asked of another site.
  if (/[^\w.-]/.test(asset.path)) refuse('E_PACK_FORMAT', 'pack.assets', 'a file name', asset.path);
  const url = new URL(asset.path, source.url);
  const bytes =
    asset.inline === undefined
      ? await fetchBytes(url, source)
      : Uint8Array.from(atob(asset.inline), (char) => char.charCodeAt(0));
  // Without a secure context there is no way to hash, and nothing is found.
  const hash = new Uint8Array((await source.subtle?.digest('SHA-256', bytes)) ?? []);
  const found = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found !== asset.sha256) {
    refuse('E_INTEGRITY', asset.path, `sha256 ${asset.sha256}`, found);
  }
  return bytes;
}
