import { expect, test } from 'vitest';
import { bodyOf } from './body-of.ts';
import type { Chunk } from './chunk-reader.ts';

const chunk = (...parts: readonly string[]): Chunk => parts.map((part) => new TextEncoder().encode(part));

/** A page whose chunks come when they are sent. */
function page() {
  const waiting: ((next: Promise<Chunk | undefined>) => void)[] = [];
  const sent: Promise<Chunk | undefined>[] = [];
  const reasons: unknown[] = [];
  return {
    reasons,
    send(next: Promise<Chunk | undefined>) {
      next.catch(() => {});
      const reader = waiting.shift();
      if (reader) reader(next);
      else sent.push(next);
    },
    reader: {
      read: () => sent.shift() ?? new Promise<Chunk | undefined>((resolve) => waiting.push(resolve)),
      cancel: async (reason: unknown) => void reasons.push(reason),
    },
  };
}

const late = () => new Promise((resolve) => setTimeout(resolve, 20));

test('a page that is at hand is one piece', async () => {
  const { reader, send } = page();
  for (const next of [chunk('a', 'b'), chunk('c'), undefined]) send(Promise.resolve(next));
  const body = await bodyOf(reader);
  expect(body).toBeInstanceOf(Uint8Array);
  expect(await new Response(body).text()).toBe('abc');
});

test.each([0, 1, 2])('a page of which %d chunks are at hand streams, whole and in order', async (atHand) => {
  const chunks = [chunk('a', 'b'), chunk('c'), chunk('d', 'e', 'f'), undefined];
  const { reader, send } = page();
  for (const next of chunks.slice(0, atHand)) send(Promise.resolve(next));
  const body = await bodyOf(reader);
  if (!(body instanceof ReadableStream)) return expect.fail('the page has not ended');
  const stream = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  // All that there was is out before there is more.
  if (atHand > 0) text += decoder.decode((await stream.read()).value);
  expect(text).toBe(['', 'ab', 'abc'][atHand]);
  for (const next of chunks.slice(atHand)) {
    send(Promise.resolve(next));
    text += decoder.decode((await stream.read()).value);
  }
  expect(text).toBe('abcdef');
});

test('a page that goes on and on streams', async () => {
  const bytes = new Uint8Array(65_536);
  let left = 100;
  const body = await bodyOf({ read: async () => (left-- > 0 ? [bytes] : undefined), cancel: async () => {} });
  expect(body).toBeInstanceOf(ReadableStream);
  expect(left).toBeGreaterThan(90);
  expect((await new Response(body).arrayBuffer()).byteLength).toBe(100 * 65_536);
});

test.each([true, false])('a failure comes after what came before it, at hand: %s', async (isAtHand) => {
  const { reader, send } = page();
  send(Promise.resolve(chunk('a')));
  const fail = () => send(Promise.reject(new Error('connection lost')));
  if (isAtHand) fail();
  const body = await bodyOf(reader);
  if (!(body instanceof ReadableStream)) return expect.fail('the page has not ended');
  const stream = body.getReader();
  expect((await stream.read()).value).toEqual(Uint8Array.of(97));
  if (!isAtHand) {
    await late();
    fail();
  }
  await expect(stream.read()).rejects.toThrow('connection lost');
});

test('a visitor who leaves ends a page that streams', async () => {
  const { reader, reasons } = page();
  const body = await bodyOf(reader);
  await (body as ReadableStream).cancel('left');
  expect(reasons).toEqual(['left']);
});
