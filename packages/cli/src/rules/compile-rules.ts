import type { AnyFeatureSpec, Feature, FeatureGroup, FeatureSpec, TextPath } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { CliError } from '../cli-error.ts';
import { type Alternative, readConditions } from './conditions.ts';
import { type Rule, targetOf } from './rule.ts';
import { groupOf, RULE_GROUPS } from './rule-groups.ts';
import { STANDING_RULES, STANDING_TARGETS, type StandingFeature } from './standing-targets.ts';

/** What a rule is made of: how much of it holds for an item is Σ parts · column + Σ max(0, Σ gate − (tests − 1)). */
interface CompiledRule {
  readonly rule: Rule;
  readonly parts: readonly (readonly [column: number, part: number])[];
  readonly gates: readonly Gate[];
}

/** Several tests at once: of each, one of the columns is 1 where it is passed. */
interface Gate {
  readonly columns: readonly number[];
  readonly tests: number;
}

export interface CompiledRules {
  readonly spec: FeatureSpec;
  /** Columns of a row. */
  readonly width: number;
  /** What is in force, the standing rules last. */
  readonly rules: readonly CompiledRule[];
}

/** The rules that count: those not retired, and the standing ones of which the others do not speak, retired or not. */
function rulesInForce(rules: readonly Rule[]): readonly Rule[] {
  const spoken = new Set(rules.map(targetOf));
  // What was touched last was seen.
  if (spoken.has('seen')) spoken.add('recent');
  return [
    ...rules.filter(({ retired }) => retired === undefined),
    ...STANDING_RULES.filter((rule) => !spoken.has(targetOf(rule))),
  ];
}

/** Makes a feature spec of the rules: a feature for each condition of each, crossed with what the rule speaks of, all
 * with the rule's own sentence.
 * @param words whose groups, phrases and half-life are taken; its features are not
 * @throws CliError where there are more than a pack may hold */
export function compileRules(rules: readonly Rule[], file: string, words?: AnyFeatureSpec): CompiledRules {
  const inForce = rulesInForce(rules);
  const alternatives = inForce.map((rule) => readConditions(rule.when));
  const features: Feature[] = [];
  const placed = inForce.map((rule, index) => {
    const standing = standingOf(rule);
    if (standing) return { at: [[features.push(numberOf(rule, standing)) - 1]], standing };
    const at = (alternatives[index] as readonly Alternative[]).map((alternative) =>
      featuresOf(rule, alternative).map((feature) => features.push(feature) - 1),
    );
    return { at, standing };
  });
  if (features.length > MAX_FEATURES) {
    const found = `${features.length}, one for each condition of each rule`;
    throw new CliError(file, '', `rules of at most ${MAX_FEATURES} features`, found);
  }
  const { halfLifeDays, means, phrases = {} } = words ?? {};
  const spec: FeatureSpec = {
    format: 2,
    groups: groupsOf(features, words?.groups ?? []),
    features,
    phrases,
    ...(halfLifeDays !== undefined && { halfLifeDays }),
    ...(means && { means }),
  };
  const { width, featureOf } = createFullEncoder(spec);
  const columnsOf = (feature: number) =>
    [...featureOf.keys()].filter((column) => featureOf[column] === feature);
  return {
    spec,
    width,
    rules: placed.map(({ at, standing }, index): CompiledRule => {
      const rule = inForce[index] as Rule;
      const plain = at
        .filter(({ length }) => length === 1)
        .flat()
        .flatMap(columnsOf);
      return {
        rule,
        parts: plain.map((column, i) => [column, standing?.parts[i] ?? 1]),
        gates: at
          .filter(({ length }) => length > 1)
          .map((tests) => ({ columns: tests.flatMap(columnsOf), tests: tests.length })),
      };
    }),
  };
}

const MAX_FEATURES = 128;

function standingOf(rule: Rule): StandingFeature | undefined {
  const targets: Readonly<Record<string, StandingFeature>> = STANDING_TARGETS;
  const target = targetOf(rule);
  return Object.hasOwn(targets, target) ? targets[target] : undefined;
}

function numberOf(rule: Rule, { group, feature }: StandingFeature): Feature {
  return { ...feature(rule), group, sentence: rule.because };
}

/** One feature for each condition, or one for a rule without. */
function featuresOf(rule: Rule, alternative: Alternative): readonly Feature[] {
  const [source, value] = itemsOf(targetOf(rule));
  const words = { group: groupOf(alternative[0]?.signal), sentence: rule.because };
  if (alternative.length === 0) return [{ kind: 'multi-hot', source, values: [value], ...words }];
  return alternative.map(({ signal, values }) => ({
    kind: 'cross',
    sources: [signal, source],
    values: [values, [value]],
    ...words,
  }));
}

const SOURCES: Readonly<Record<string, TextPath>> = {
  tag: 'item:tags',
  item: 'item:id',
  group: 'item:group',
};

/** Where an item says what the target names. The schema has seen to its form. */
function itemsOf(target: string): readonly [TextPath, string] {
  const [kind = '', name = ''] = target.split(/:(.*)/s);
  const source = SOURCES[kind];
  if (source) return [source, name];
  const [attribute = '', value = ''] = name.split(/=(.*)/s);
  return [`attribute:${attribute}`, value];
}

function groupsOf(features: readonly Feature[], own: readonly FeatureGroup[]): readonly FeatureGroup[] {
  const used = new Set(features.map(({ group }) => group));
  return RULE_GROUPS.filter(({ id }) => used.has(id)).map(
    (group) => own.find(({ id }) => id === group.id) ?? group,
  );
}
