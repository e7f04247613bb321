import { refuse } from '../refuse.ts';
import { SHARE, type Shape } from './pack-shape.ts';

/** Compares a parsed JSON value with a shape.
 * @throws InklingError E_PACK_FORMAT naming the first place that differs, what was expected and what was found */
export function checkShape(value: unknown, shape: Shape, place: string): void {
  const type = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  const expected = typeof shape !== 'object' ? shape : isListShape(shape) ? 'list' : 'object';
  if (!(typeof value === 'number' ? isNumber(value, expected) : type === expected)) {
    refuse('E_PACK_FORMAT', place, expected, typeof value === 'number' ? value : type);
  }
  if (typeof shape !== 'object') return;
  // The value was found to be a list, or an object, as the shape is.
  const parts = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(isListShape(shape) ? parts : shape)) {
    const name = key.replace('?', '');
    const part = parts[name];
    if (isListShape(shape)) checkShape(part, shape[0], `${place}[${name}]`);
    else if (part !== undefined || name === key) checkShape(part, shape[key] as Shape, `${place}.${name}`);
  }
}

function isNumber(value: number, expected: string | number): boolean {
  if (expected === SHARE) return value >= 0 && value <= 1;
  return Number.isInteger(value) && value > 0 && value <= (expected as number);
}

function isListShape(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
