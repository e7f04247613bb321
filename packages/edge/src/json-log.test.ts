import { afterEach, expect, test, vi } from 'vitest';
import { jsonLog } from './json-log.ts';

afterEach(() => vi.restoreAllMocks());

function logged(cause: unknown): string {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  jsonLog({ code: 'edge_insert', stage: 'edge', message: 'The page goes out.', at: 0, cause });
  expect(warn.mock.calls).toHaveLength(1);
  return String(warn.mock.calls[0]?.[0]);
}

test('one line of JSON', () => {
  expect(logged(undefined)).toBe(
    '{"level":"warn","source":"inkling","at":"1970-01-01T00:00:00.000Z","code":"edge_insert","stage":"edge","message":"The page goes out."}',
  );
});

test.each<[string, unknown, string | undefined]>([
  ['an error of ours', Object.assign(new Error('x'), { code: 'E_PACK_FLOOR' }), 'E_PACK_FLOOR'],
  ['another', new TypeError('Invalid URL: https://shop.test/?email=a@b.test'), 'TypeError'],
  ['no error', 'visitor 192.0.2.1', undefined],
  ['a name that is none', { name: 'a@b.test', code: 'GET /orders/7' }, undefined],
])('of the cause it has the kind alone: %s', (_, cause, kind) => {
  const line = logged(cause);
  expect(JSON.parse(line).cause).toBe(kind);
  expect(line).not.toMatch(/email|192\.0|@|orders|Invalid/);
});
