import { type Declaration, declarations } from '@inkling/consent/declarations';
import {
  type EgressShape,
  isSignalPath,
  type Pack,
  type Purpose,
  purposeOf,
  type SignalPath,
} from '@inkling/core';
import { upgradeSpec } from '@inkling/core/full';

/** What the documents are made of: the parts of a pack that say what is read, decided and sent. */
export type DocumentedPack = Pick<
  Pack,
  | 'id'
  | 'fingerprint'
  | 'spec'
  | 'sensitive'
  | 'popularityBy'
  | 'egress'
  | 'regimes'
  | 'experiments'
  | 'experiment'
>;

/** A signal that the pack reads of the moment or of earlier pages. */
interface DeclaredSignal {
  readonly path: SignalPath;
  readonly purpose: Purpose;
  /** Who knows it first. */
  readonly from:
    | 'the edge, from the request'
    | 'the edge, else the browser by its time zone'
    | 'the browser'
    | 'the profile on the device';
  /** What the visitor reads where it decided. */
  readonly sentences: readonly string[];
}

/** What the browser runtime looks at once `context` is granted, whatever the pack uses: it is shown in the privacy centre. */
export const SENSED: readonly SignalPath[] = [
  'time.hour',
  'time.weekday',
  'time.month',
  'time.season',
  'device.form',
  'device.pointer',
  'device.viewport',
  'device.language',
  'device.colorScheme',
  'device.reducedMotion',
  'device.dataSaver',
  'geo.country',
  'geo.source',
  'referral.channel',
  'referral.campaign',
  'page.type',
  'page.item',
  'page.depth',
  'page.dwell',
];

/** All that a site with this pack reads, keeps and sends. */
export interface DeclaredData {
  readonly pack: DocumentedPack;
  /** What the pack uses. */
  readonly signals: readonly DeclaredSignal[];
  /** What the runtime looks at beside that. */
  readonly unused: readonly SignalPath[];
  readonly stores: readonly Declaration[];
  /** What the runtime itself asks for. */
  readonly requests: readonly Declaration[];
  readonly egress: readonly EgressShape[];
}

export function declaredData(pack: DocumentedPack): DeclaredData {
  const { egress = [] } = pack;
  const { features } = upgradeSpec(pack.spec);
  const read = features.flatMap((feature) => {
    const sources: readonly string[] =
      feature.kind === 'match'
        ? [feature.signal, feature.source]
        : 'sources' in feature
          ? feature.sources
          : [feature.source];
    return sources.filter(isSignalPath).map((path) => ({ path, sentence: feature.sentence }));
  });
  const paths = new Set(read.map(({ path }) => path));
  if (pack.popularityBy) paths.add(pack.popularityBy);
  return {
    pack,
    signals: [...paths].sort().map((path) => ({
      path,
      purpose: purposeOf(areaOf(path)),
      from: sourceOf(path),
      sentences: [...new Set(read.filter((each) => each.path === path).map(({ sentence }) => sentence))],
    })),
    unused: SENSED.filter((path) => !paths.has(path)),
    // Nothing is counted where nothing says where totals go.
    stores: declarations.filter(
      ({ kind, name }) => kind === 'store' && (name !== 'totals' || egress.some(({ id }) => id === 'report')),
    ),
    // A proof of consent, and totals, leave by a shape of the site's own.
    requests: declarations.filter(({ kind, fields }) => kind === 'request' && fields.length === 0),
    egress,
  };
}

function areaOf(path: SignalPath): Parameters<typeof purposeOf>[0] {
  // A signal's path begins with its area.
  return path.split('.')[0] as Parameters<typeof purposeOf>[0];
}

function sourceOf(path: SignalPath): DeclaredSignal['from'] {
  if (path === 'geo.country' || path === 'geo.source') return 'the edge, else the browser by its time zone';
  if (/^(geo|weather)\./.test(path)) return 'the edge, from the request';
  return /^(session|visit)\./.test(path) ? 'the profile on the device' : 'the browser';
}
