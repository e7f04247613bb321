import { createHash } from 'node:crypto';
import type { AnyFeatureSpec } from '@inkling/core';

/** Names a feature spec: the first 16 hex digits of the sha256 of its RFC 8785 JSON, as
 * it was written: a spec of an older format keeps its name. */
export function fingerprint(spec: AnyFeatureSpec): string {
  return createHash('sha256').update(canonicalJson(spec)).digest('hex').slice(0, 16);
}

/** JSON as RFC 8785 has it: keys sorted by UTF-16 code units, no white space, ECMAScript numbers. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`;
}
