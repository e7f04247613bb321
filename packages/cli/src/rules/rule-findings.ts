import type { Item } from '@inkling/core';
import { type Rule, sayRule, targetOf } from './rule.ts';

/** Rules that speak of what no item has: a word misspelt, mostly. One line each. */
export function ruleFindings(rules: readonly Rule[], catalog: readonly Item[]): readonly string[] {
  const known = new Set(
    catalog.flatMap(({ id, group, tags = [], attributes = {} }) => [
      `item:${id}`,
      `group:${group}`,
      ...tags.map((tag) => `tag:${tag}`),
      ...Object.entries(attributes).flatMap(([name, value]) =>
        [value].flat().map((word) => `attribute:${name}=${word}`),
      ),
    ]),
  );
  return rules
    .filter((rule) => targetOf(rule).includes(':') && !known.has(targetOf(rule)))
    .map((rule) => `no item is meant by the rule: ${sayRule(rule)}`);
}
