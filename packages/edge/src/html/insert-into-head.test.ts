import { expect, test } from 'vitest';
import { readChunks } from './chunk-reader.ts';
import { insertIntoHead } from './insert-into-head.ts';
import { streamOf } from './stream-of.ts';

const MARK = '<i>';

function marked(html: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { read, cancel } = readChunks(html);
  return streamOf({ read: insertIntoHead(read, MARK), cancel });
}

async function insert(chunks: readonly Uint8Array[], type?: 'bytes'): Promise<Uint8Array> {
  const start = (controller: ReadableStreamController<Uint8Array<ArrayBuffer>>) => {
    for (const chunk of chunks) if (chunk.length > 0) controller.enqueue(new Uint8Array(chunk));
    controller.close();
  };
  const html: ReadableStream<Uint8Array<ArrayBuffer>> = type
    ? new ReadableStream({ type, start })
    : new ReadableStream({ start });
  return new Uint8Array(await new Response(marked(html)).arrayBuffer());
}

const bytes = (text: string) => new TextEncoder().encode(text);

test('the markup stands in the same place however the page is cut', async () => {
  const page = bytes('<!doctype html><!-- ü --><html><head><title>Grüße 🌧</title></head>');
  const expected = bytes('<!doctype html><!-- ü --><html><head><i><title>Grüße 🌧</title></head>');
  for (let size = 1; size <= page.length; size++) {
    const chunks = [];
    for (let at = 0; at < page.length; at += size) chunks.push(page.subarray(at, at + size));
    expect(await insert(chunks)).toEqual(expected);
    expect(await insert(chunks, 'bytes')).toEqual(expected);
  }
});

test('bytes that are no text pass unchanged', async () => {
  const rest = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(await insert([bytes('<head>'), rest])).toEqual(Uint8Array.from([...bytes('<head><i>'), ...rest]));
});

test.each(['', '<p>fragment', '<!doctype html', '\xfe\xff<'])('%j passes unchanged', async (text) => {
  expect(await insert([bytes(text)])).toEqual(bytes(text));
  expect(await insert([bytes(text)], 'bytes')).toEqual(bytes(text));
});

test('what an origin keeps of a page stays as it is', async () => {
  const kept = bytes('kept <!doctype html><head><title>x</title>');
  const html = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(kept.subarray(5));
      controller.close();
    },
  });
  expect(await new Response(marked(html)).text()).toBe('<!doctype html><head><i><title>x</title>');
  expect(new TextDecoder().decode(kept)).toBe('kept <!doctype html><head><title>x</title>');
});

test('a head that does not begin within 16 KiB is not waited for', async () => {
  const comment = bytes(`<!--${'-'.repeat(9000)}`);
  const written: string[] = [];
  const source = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const reader = marked(source.readable).getReader();
  const writer = source.writable.getWriter();
  const first = reader.read();
  await writer.write(comment);
  await writer.write(comment);
  // The page has not ended, and its beginning is out.
  written.push(new TextDecoder().decode((await first).value));
  const end = reader.read();
  await writer.write(bytes('--><head>'));
  written.push(new TextDecoder().decode((await end).value));
  expect(written).toEqual([`<!--${'-'.repeat(9000)}`.repeat(2), '--><head>']);
});

test('an error of the page stays an error', async () => {
  const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      controller.error(new Error('connection lost'));
    },
  });
  await expect(new Response(marked(broken)).text()).rejects.toThrow('connection lost');
});

test('a visitor who leaves ends the page at its origin too', async () => {
  for (const type of [undefined, 'bytes'] as const) {
    const reasons: unknown[] = [];
    const source = { cancel: (reason: unknown) => void reasons.push(reason) };
    const html: ReadableStream<Uint8Array<ArrayBuffer>> = type
      ? new ReadableStream({ type, ...source })
      : new ReadableStream(source);
    await marked(html).cancel('left');
    expect(reasons).toEqual(['left']);
  }
});
