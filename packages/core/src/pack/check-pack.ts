import { InklingError } from '../inkling-error.ts';
import type { Pack } from './pack.ts';

/** A shape: a type's name, a list of one shape, or named shapes; a name ending in `?` may be absent. */
type Shape = 'string' | 'number' | 'object' | readonly [Shape] | { readonly [name: string]: Shape };

const PACK: Shape = {
  format: 'number',
  id: 'string',
  version: 'number',
  expiresAt: 'string',
  assets: [{ role: 'string', path: 'string', bytes: 'number', sha256: 'string', 'inline?': 'string' }],
  spec: {
    groups: [{ id: 'string', sentence: 'string' }],
    features: [{ kind: 'string', group: 'string', sentence: 'string' }],
    phrases: 'object',
    'halfLifeDays?': 'number',
  },
  fingerprint: 'string',
  slots: [
    { id: 'string', kind: 'string', 'k?': 'number', policy: { type: 'string' }, rules: [{ type: 'string' }] },
  ],
  experiment: { holdout: 'number' },
  modelCard: { summary: 'string' },
};

/** The lean check a browser runs before it trusts a parsed pack.json; the full schema is `@inkling/core/pack-schema`.
 * @throws InklingError E_PACK_FORMAT naming the place, what was expected and what was found; E_PACK_EXPIRED */
export function checkPack(value: unknown, now: number): Pack {
  const fault = mismatch(value, PACK, 'pack');
  if (fault) throw new InklingError('E_PACK_FORMAT', fault);
  // The shape was checked just now.
  const pack = value as Pack;
  if (pack.format !== 1) {
    throw new InklingError('E_PACK_FORMAT', `pack.format: expected 1, found ${pack.format}`);
  }
  if (!(Date.parse(pack.expiresAt) > now)) {
    throw new InklingError('E_PACK_EXPIRED', `The pack expired: pack.expiresAt is ${pack.expiresAt}.`);
  }
  return pack;
}

function mismatch(value: unknown, shape: Shape, place: string): string | undefined {
  const found = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const expected = typeof shape === 'string' ? shape : Array.isArray(shape) ? 'array' : 'object';
  if (found !== expected) return `${place}: expected ${expected}, found ${found}`;
  if (typeof shape === 'string') return undefined;
  const parts: readonly (readonly [string, unknown, Shape])[] = Array.isArray(shape)
    ? (value as unknown[]).map((part, i) => [`[${i}]`, part, shape[0] as Shape])
    : Object.entries(shape).map(([name, part]) => {
        const key = name.replace('?', '');
        return [name === key ? `.${key}` : `?.${key}`, (value as Record<string, unknown>)[key], part];
      });
  for (const [step, part, partShape] of parts) {
    const optional = step[0] === '?';
    if (optional && part === undefined) continue;
    const fault = mismatch(part, partShape, place + (optional ? step.slice(1) : step));
    if (fault) return fault;
  }
  return undefined;
}
