import { expect, test } from 'vitest';
import { deviceClass } from './device-class.ts';

const of = (agent: string, more: Record<string, string> = {}) =>
  deviceClass(new Headers({ 'user-agent': agent, ...more }));

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1', 'phone'],
  ['Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36', 'phone'],
  ['Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Safari/537.36', 'tablet'],
  ['Mozilla/5.0 (iPad; CPU OS 16_1 like Mac OS X) CriOS/140.0 Mobile/15E148 Safari/604.1', 'tablet'],
  ['Mozilla/5.0 (Android 15; Tablet; rv:140.0) Gecko/140.0 Firefox/140.0', 'tablet'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36', 'desktop'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/140.0.0.0 Safari/537.36', 'desktop'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'desktop'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15', undefined],
  ['curl/8.0', undefined],
  ['', undefined],
])('%s is a %s', (agent, form) => {
  expect(of(agent)).toBe(form);
});

test('the hint that it is a phone is believed, and no agent takes long to read', () => {
  expect(of('something new', { 'sec-ch-ua-mobile': '?1' })).toBe('phone');
  expect(of('something new', { 'sec-ch-ua-mobile': '?0' })).toBeUndefined();
  expect(of(`${'Android'.repeat(100)}X11`)).toBe('tablet');
  expect(of(`${'x'.repeat(512)}iPhone Mobile`)).toBeUndefined();
});
