import { brotliCompressSync } from 'node:zlib';
import { type Item, type RuleSpec, readCatalog } from '@inkling/core';
import { upgradeSpec } from '@inkling/core/full';
import { canonicalJson } from '../model/fingerprint.ts';
import { sayAffinity } from '../rules/rule.ts';
import { rulesOf, rulesSentence } from './rules-of.ts';
import { sampleSlates, titlesOf } from './sample-slates.ts';
import type { VerifiedPack } from './verify-pack.ts';

/** One thing of which there are two, one, or the other. */
export interface Change {
  /** For people. */
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** What stood in a slot in a moment, and what stands there now. */
export interface SlateChange {
  readonly slot: string;
  readonly moment: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface PackDiff {
  readonly before: string;
  readonly after: string;
  /** Each part that differs, by heading; headings without a change are left out. */
  readonly parts: Readonly<Record<string, readonly Change[]>>;
  /** All sample moments of the slots that both packs have. */
  readonly slates: readonly SlateChange[];
  readonly titles: ReadonlyMap<string, string>;
}

type Named = ReadonlyMap<string, string>;

/** What changed between two packs. Both are seen at one time, that of the later one. */
export async function diffPacks(a: VerifiedPack, b: VerifiedPack): Promise<PackDiff> {
  const old = partsOf(a);
  const parts = Object.entries(partsOf(b)).map(
    ([heading, after]) => [heading, changes(old[heading] ?? new Map(), after)] as const,
  );
  const now = Math.max(...[a, b].map(({ pack }) => Date.parse(pack.createdAt)));
  const [before, after] = [await sampleSlates(a, now), await sampleSlates(b, now)];
  return {
    before: titleOf(a),
    after: titleOf(b),
    parts: Object.fromEntries(parts.filter(([, found]) => found.length > 0)),
    slates: after.flatMap(({ slot, moment, ids }) => {
      const was = before.find((slate) => slate.slot === slot && slate.moment === moment);
      return was ? [{ slot, moment, before: was.ids, after: ids }] : [];
    }),
    titles: titlesOf([a, b].map(catalogOf)),
  };
}

function titleOf({ pack }: VerifiedPack): string {
  return `${pack.id} version ${pack.version} of ${pack.createdAt.slice(0, 10)}`;
}

/** By heading, what a pack holds by name. */
function partsOf(verified: VerifiedPack): Readonly<Record<string, Named>> {
  const { pack, assets, bytes } = verified;
  const { floor, off, experiment, sensitive, popularityBy, holdouts, canary, adapt, shared } = pack;
  const spec = upgradeSpec(pack.spec);
  const model = assets.get('model');
  return {
    Bytes: new Map([
      ['pack.json', sizeOf(bytes)],
      ...[...assets].map(([role, content]) => [role, sizeOf(content)] as const),
    ]),
    Features: new Map(
      spec.features.map(({ sentence, group, ...recipe }) => [sayFeature(recipe), `“${sentence}” (${group})`]),
    ),
    Rules: new Map((model ? rulesOf(model) : []).map((rule) => [sayAffinity(rule), rule.strength])),
    Slots: new Map(
      pack.slots.flatMap(({ id, rules, ...slot }) => [
        [id, canonicalJson(slot)] as const,
        ...rules.map((rule, index) => [`${id}, rule ${index + 1}: ${sayRule(rule)}`, ''] as const),
      ]),
    ),
    Experiments: new Map((pack.experiments ?? []).map(({ id, ...rest }) => [id, canonicalJson(rest)])),
    Egress: new Map((pack.egress ?? []).map(({ id, ...rest }) => [id, canonicalJson(rest)])),
    Regimes: new Map((pack.regimes ?? []).map(({ regions, ...rest }) => [regions, canonicalJson(rest)])),
    Settings: new Map(
      Object.entries({
        floor,
        off,
        holdout: experiment.holdout,
        sensitive,
        popularityBy,
        holdouts,
        canary,
        adapt,
        shared,
      })
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, canonicalJson(value)]),
    ),
    Items: new Map(
      catalogOf(verified).map(({ id, ...item }) => [item.title ?? id, canonicalJson({ id, ...item })]),
    ),
    Metrics: new Map(Object.entries(pack.modelCard.metrics).map(([name, value]) => [name, String(value)])),
    'Model card': new Map([
      ['summary', pack.modelCard.summary],
      // The rules have their own heading.
      ['data', pack.modelCard.data.replace(model ? rulesSentence(model) : '', '')],
    ]),
  };
}

function changes(before: Named, after: Named): readonly Change[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => {
      const [was, is] = [before.get(name), after.get(name)];
      if (was === undefined) return { name, after: is ?? '' };
      return is === undefined ? { name, before: was } : { name, ...onlyDifferent(was, is) };
    });
}

/** Of two objects in JSON, the fields that differ. */
function onlyDifferent(before: string, after: string): { readonly before: string; readonly after: string } {
  if (!before.startsWith('{') || !after.startsWith('{')) return { before, after };
  const sides = [JSON.parse(before), JSON.parse(after)] as const;
  const keys = [...new Set(sides.flatMap((side) => Object.keys(side)))].filter(
    (key) => canonicalJson(sides[0][key] ?? null) !== canonicalJson(sides[1][key] ?? null),
  );
  const [was, is] = sides.map((side) =>
    keys.map((key) => `${key} ${canonicalJson(side[key] ?? null)}`).join(', '),
  ) as [string, string];
  return { before: was, after: is };
}

function catalogOf({ assets }: VerifiedPack): readonly Item[] {
  const bytes = assets.get('catalog');
  return bytes ? readCatalog(bytes) : [];
}

function sizeOf(content: Uint8Array): string {
  return `${content.length} B (${brotliCompressSync(content).length} B brotli)`;
}

/** A feature without its words: `cross weather.condition × item:tags {…}`. */
function sayFeature({
  kind,
  ...recipe
}: {
  readonly kind: string;
  readonly [part: string]: unknown;
}): string {
  const { source, sources = source, signal, ...rest } = recipe;
  const of = [signal, sources].flat().filter(Boolean).join(' × ');
  return `${kind} ${of} ${Object.keys(rest).length > 0 ? canonicalJson(rest) : ''}`.trim();
}

function sayRule({ type, ...rest }: RuleSpec): string {
  return `${type} ${Object.entries(rest)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}`;
}
