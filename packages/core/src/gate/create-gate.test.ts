import { expect, test } from 'vitest';
import { type Grant, PURPOSES, type Purpose } from '../purpose.ts';
import { createGate } from './create-gate.ts';
import { SHAPES, type ShapeName } from './shapes.ts';

function open(granted: readonly Purpose[]) {
  const said: unknown[] = [];
  const purposes = Object.fromEntries(
    PURPOSES.map((purpose): [Purpose, Grant] => [purpose, granted.includes(purpose) ? 'granted' : 'unset']),
  ) as Record<Purpose, Grant>;
  const consent = { get: () => ({ regime: 'opt-in', purposes }) as const, subscribe: () => () => {} };
  const gate = createGate({ consent, report: (code, stage, cause) => said.push([code, stage, cause]) });
  return { gate, said, purposes };
}

test('each shape goes through with its own purpose, and with no other', () => {
  for (const [name, shape] of Object.entries(SHAPES) as [ShapeName, string][]) {
    const [purpose] = shape.split(' ') as [Purpose];
    expect(open([purpose]).gate.pass(name, () => 'done')).toBe('done');
    const others = open(PURPOSES.filter((other) => other !== purpose));
    let isDone = false;
    const work = () => {
      isDone = true;
    };
    expect(others.gate.pass(name, work)).toBeUndefined();
    expect(isDone).toBe(false);
    expect(others.gate.counts).toEqual({ [name]: 1 });
    expect(others.said).toEqual([['gate_refused', 'gate', `${name} () for ${purpose}`]]);
  }
});

test('a grant that is taken back closes the gate at once, and each refusal counts', () => {
  const { gate, purposes } = open(['profile']);
  expect(gate.pass('profile', () => 1)).toBe(1);
  purposes.profile = 'refused';
  gate.pass('profile', () => 2);
  gate.pass('profile', () => 3);
  expect(gate.counts).toEqual({ profile: 2 });
});

test('a field more than declared is refused, whatever else is right', () => {
  const { gate, said } = open(['necessary']);
  const send = (fields: readonly string[]) => gate.pass('consent-proof', () => 'sent', fields);
  expect(send(['notice', 'choice', 'hour'])).toBe('sent');
  expect(send(['hour'])).toBe('sent');
  expect(send(['hour', 'visitor'])).toBeUndefined();
  expect(gate.pass('pack', () => 'sent', ['v'])).toBeUndefined();
  expect(said).toContainEqual(['gate_refused', 'gate', 'consent-proof (hour,visitor) for necessary']);
  expect(gate.counts).toEqual({ 'consent-proof': 1, pack: 1 });
});

test('what nobody declares is refused, even by a name that every object knows', () => {
  for (const name of ['beacon', 'constructor', '__proto__', '']) {
    const { gate } = open(PURPOSES);
    expect(gate.pass(name as ShapeName, () => 'done')).toBeUndefined();
    expect(Object.values(gate.counts)).toEqual([1]);
  }
});
