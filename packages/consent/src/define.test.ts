import { expect, test } from 'vitest';

test('both element entries can be imported where there is no DOM', async () => {
  expect(globalThis).not.toHaveProperty('HTMLElement');
  const { InklingConsentElement } = await import('./element.ts');
  expect(InklingConsentElement).toBeTypeOf('function');
  expect(Object.keys(await import('./define.ts'))).toEqual(['connectGate', 'showConsent']);
});
