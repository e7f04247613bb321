import { createHash } from 'node:crypto';
import {
  type AnyFeatureSpec,
  type AssetRole,
  createContext,
  encodeNeighbours,
  InklingError,
  type Item,
  type ModelCard,
  type ModelOutput,
  type NeighbourEdges,
  type Pack,
  type PackAsset,
  type SlotSpec,
} from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { type PackSettings, packSchema } from '@inkling/core/pack-schema';
import { CliError } from '../cli-error.ts';
import { withPopularity } from '../dataset/build-dataset.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { loadRanker } from '../model/load-scorer.ts';
import { orderCatalog } from '../neighbours/order-catalog.ts';
import { checkValue } from '../read-json.ts';
import { packFindings } from './pack-findings.ts';
import { rulesSentence } from './rules-of.ts';

/** Assets are inlined, smallest first, up to this many bytes together. */
const INLINE_BYTES = 24 * 1024;

export interface PackSource {
  readonly id: string;
  readonly version: number;
  /** The lowest version that stays usable. @default 1 */
  readonly floor?: number;
  readonly catalog: readonly Item[];
  readonly spec: AnyFeatureSpec;
  readonly slots: readonly SlotSpec[];
  readonly model: { readonly file: string; readonly bytes: Uint8Array };
  readonly popularity: Readonly<Record<string, number>>;
  /** Which items go together. @default not known */
  readonly neighbours?: NeighbourEdges['edges'];
  /** Sensitive tags, experiments and what else a site may declare. @default nothing */
  readonly settings?: PackSettings;
  readonly modelCard: ModelCard;
  /** Share of visitors who get the baseline. */
  readonly holdout: number;
  readonly createdAt: Date;
  /** How long the pack may be used. */
  readonly days: number;
}

export interface BuiltPack {
  readonly pack: Pack;
  /** File name to content; `pack.json` is last, so that writing in order never leaves it pointing at nothing. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What is allowed and yet worth a look, one line each. */
  readonly findings: readonly string[];
}

/** Checks the parts against each other and makes the pack's files. @throws CliError naming the file and the place */
export async function buildPack(source: PackSource): Promise<BuiltPack> {
  checkPins(source);
  checkPolicies(source, await checkModel(source));
  const { settings = {}, neighbours } = source;
  const ordered = neighbours ? orderCatalog(source.catalog, neighbours) : source.catalog;
  const catalog = ordered.map((item) => withPopularity(item, source.popularity[item.id]));
  const contents: (readonly [AssetRole, string, Uint8Array])[] = [
    ['model', 'ranker-*.onnx', source.model.bytes],
    ['catalog', 'catalog-*.json', new TextEncoder().encode(JSON.stringify(catalog))],
  ];
  if (neighbours)
    contents.push(['neighbours', 'neighbours-*.bin', neighboursFile(ordered, source, neighbours)]);
  let room = INLINE_BYTES;
  const assets = contents
    .toSorted((a, b) => a[2].length - b[2].length)
    .map(([role, pattern, bytes]): PackAsset => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const asset = { role, path: pattern.replace('*', sha256.slice(0, 12)), bytes: bytes.length, sha256 };
      if (bytes.length > room) return asset;
      room -= bytes.length;
      return { ...asset, inline: Buffer.from(bytes).toString('base64') };
    });
  const parts: Pack = {
    format: 1,
    id: source.id,
    version: source.version,
    floor: source.floor ?? 1,
    createdAt: source.createdAt.toISOString(),
    expiresAt: new Date(source.createdAt.getTime() + source.days * 86_400_000).toISOString(),
    assets,
    spec: source.spec,
    fingerprint: fingerprint(source.spec),
    slots: source.slots,
    experiment: { holdout: source.holdout },
    // Of declared affinities the card says all.
    modelCard: { ...source.modelCard, data: source.modelCard.data + rulesSentence(source.model.bytes) },
    ...settings,
  };
  const pack = checkValue('pack.json', parts, packSchema);
  const files = new Map(
    assets.map(({ role, path }) => [path, contents.find(([name]) => name === role)?.[2] as Uint8Array]),
  );
  files.set('pack.json', new TextEncoder().encode(`${JSON.stringify(pack)}\n`));
  return { pack, files, findings: packFindings(pack, catalog) };
}

function neighboursFile(
  catalog: readonly Item[],
  { settings }: PackSource,
  edges: NeighbourEdges['edges'],
): Uint8Array {
  try {
    return encodeNeighbours({ catalog, edges, sensitive: settings?.sensitive ?? [] });
  } catch (cause) {
    if (!(cause instanceof InklingError)) throw cause;
    throw new CliError('neighbours', '', 'items of the catalog', cause.message);
  }
}

function checkPins({ slots, catalog }: PackSource): void {
  const known = new Set(catalog.map(({ id }) => id));
  slots.forEach((slot, s) => {
    slot.rules.forEach((rule, r) => {
      if (rule.type !== 'pin' || known.has(rule.item)) return;
      throw new CliError(
        'slots',
        `[${s}].rules[${r}].item`,
        'an item of the catalog',
        JSON.stringify(rule.item),
      );
    });
  });
}

/** Inverse gap weighting takes gaps of probabilities; of other scores it would make any choice. */
function checkPolicies({ slots, settings, model }: PackSource, output: ModelOutput): void {
  if (output === 'probability') return;
  const variations = settings?.experiments?.flatMap((experiment) => experiment.variations) ?? [];
  for (const { id, policy, shelves } of [
    ...slots,
    ...variations.flatMap((variation) => variation.slots ?? []),
  ]) {
    if (policy.type !== 'squarecb' && shelves?.policy?.type !== 'squarecb') continue;
    const expected = `probability, because the slot ${id} has the policy squarecb`;
    throw new CliError(model.file, 'metadata inkling.output', expected, output);
  }
}

/** Runs the model once on real items: a pack that would fail in a browser fails here.
 * @returns what its score means */
async function checkModel({ model, spec, catalog, createdAt }: PackSource): Promise<ModelOutput> {
  const encoder = createFullEncoder(spec);
  const { scorer, output } = await loadRanker(model.file, model.bytes, spec);
  const items = catalog.slice(0, 8);
  const now = createdAt.getTime();
  const features = encoder.encode({ context: createContext(), profile: undefined, items, now });
  let scores: ArrayLike<number>;
  try {
    scores = scorer(features, items.length);
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(model.file, '', `a model of features f32[N, ${encoder.width}]`, found);
  }
  if (scores?.length !== items.length || !Array.from(scores).every(Number.isFinite)) {
    throw new CliError(model.file, 'output score', `${items.length} finite scores`, JSON.stringify(scores));
  }
  return output;
}
