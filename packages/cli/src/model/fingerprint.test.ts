import { expect, test } from 'vitest';
import { canonicalJson, fingerprint } from './fingerprint.ts';

test('RFC 8785: keys by UTF-16 code units, ECMAScript numbers, no white space', () => {
  // The sorting example of section 3.2.3 and number forms of section 3.2.2.3.
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
  expect(Object.keys(JSON.parse(canonicalJson(value)))).toHaveLength(7);
  expect(canonicalJson(value)).toBe(
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  );
  expect(canonicalJson([1e30, 4.5, 2e-3, 1e-27, -0, true, null, 'a"b'])).toBe(
    '[1e+30,4.5,0.002,1e-27,0,true,null,"a\\"b"]',
  );
  expect(canonicalJson({ b: undefined, a: { d: 1, c: [] } })).toBe('{"a":{"c":[],"d":1}}');
});

test('a spec of either format is named by what is written, whatever the order of its keys', () => {
  // Computed by Python's json and hashlib.
  const words = { group: 'g', sentence: 'Because.' };
  const groups = [{ id: 'g', sentence: 'Because.' }];
  expect(fingerprint({ format: 1, groups, features: [{ kind: 'affinity', ...words }], phrases: {} })).toBe(
    '8e6015000cf66f93',
  );
  const price = {
    ...words,
    sentence: 'Because €.',
    transforms: [{ max: 99.5, type: 'clip' }],
    source: 'item:price',
    kind: 'number',
  } as const;
  expect(fingerprint({ phrases: {}, features: [price], groups, format: 2 })).toBe('52e32f96750a1881');
});
