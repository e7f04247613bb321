import { expect, test } from 'vitest';

test('every entry with elements can be imported where there is no DOM', async () => {
  expect(globalThis).not.toHaveProperty('HTMLElement');
  const { InklingConsentElement } = await import('./element.ts');
  expect(InklingConsentElement).toBeTypeOf('function');
  expect(Object.keys(await import('./define.ts'))).toEqual(['connectReader', 'showConsent', 'showElements']);
  expect(Object.keys(await import('./define-privacy.ts'))).toEqual(['showPrivacy', 'showWhy']);
});
