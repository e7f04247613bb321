import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, type RequestListener, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { inkling, type NodeOptions } from './node.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };
const PAGE = '<!doctype html><html><head><title>é</title></head><body>x</body></html>';
const HEAD = '<!doctype html><html><head>';
const CONTEXT =
  '<script type="application/json" data-inkling-context>{"geo":{"country":"DE","source":"edge"}}</script>';
const MB = 1_048_576;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on TCP has an address with a port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const start = (origin: NodeOptions['origin'], options: Partial<NodeOptions> = {}) =>
  listen(inkling({ origin, geo: () => ({ country: 'DE' }), ...options }));

/** In front of an origin that is a server of its own. */
const proxied = async (origin: RequestListener) => start(await listen(origin));

test('a page of another server comes with its context, whole, however large', async () => {
  const body = 'Zeile für Zeile. '.repeat((20 * MB) / 18);
  const url = await proxied((_, response) => response.writeHead(200, html).end(HEAD + body));
  const response = await fetch(url);
  const text = await response.text();
  expect(text.startsWith(HEAD + CONTEXT)).toBe(true);
  expect(text.slice((HEAD + CONTEXT).length) === body).toBe(true);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
});

test('every other file passes as it is', async () => {
  const bytes = Buffer.from(Array.from({ length: MB }, (_, i) => (i * 31) & 255));
  const url = await proxied((_, response) => {
    response.writeHead(200, { 'content-type': 'image/png', etag: '"1"', 'content-length': bytes.length });
    response.end(bytes);
  });
  const response = await fetch(url);
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  expect([response.headers.get('etag'), response.headers.get('content-length')]).toEqual(['"1"', String(MB)]);
});

test('a page that comes byte by byte streams: what has come goes on before the rest is there', async () => {
  let resume: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => {
    resume = resolve;
  });
  const url = await proxied(async (_, response) => {
    response.writeHead(200, html);
    const bytes = Buffer.from(PAGE);
    for (const [index, byte] of bytes.entries()) {
      if (index === bytes.length - 5) await seen;
      await new Promise((done) => response.write(Buffer.of(byte), done));
    }
    response.end();
  });
  const reader = (await fetch(url)).body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) break;
    text += value;
    if (text.includes('<body>')) resume();
  }
  expect(text).toBe(PAGE.replace(HEAD, HEAD + CONTEXT));
});

test.each(['text/html', 'text/css'])(
  'an origin that sends %s gzipped though it is not asked to',
  async (type) => {
    const url = await proxied(({ headers }, response) => {
      expect(headers['accept-encoding']).toBe('identity');
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(gzipSync(PAGE));
    });
    const response = await fetch(url);
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(await response.text()).toBe(type === 'text/html' ? PAGE.replace(HEAD, HEAD + CONTEXT) : PAGE);
  },
);

test('HEAD, redirects, several cookies and an unchanged file pass', async () => {
  const url = await proxied((incoming, response) => {
    if (incoming.url === '/moved') response.writeHead(302, { location: '/there' }).end();
    else if (incoming.url === '/same') response.writeHead(304, { etag: '"1"' }).end();
    else if (incoming.url === '/file') response.writeHead(200, { 'content-length': 7 }).end();
    else
      response
        .writeHead(200, [...Object.entries(html).flat(), 'set-cookie', 'a=1', 'set-cookie', 'b=2'])
        .end(PAGE);
  });
  const moved = await fetch(`${url}/moved`, { redirect: 'manual' });
  expect([moved.status, moved.headers.get('location')]).toEqual([302, '/there']);
  expect((await fetch(`${url}/same`, { headers: { 'if-none-match': '"1"' } })).status).toBe(304);
  const file = await fetch(`${url}/file`, { method: 'HEAD' });
  expect([file.headers.get('content-length'), await file.text()]).toEqual(['7', '']);
  const page = await fetch(`${url}/page`, { method: 'HEAD' });
  expect([page.headers.get('cache-control'), await page.text()]).toEqual(['private, no-store', '']);
  expect((await fetch(`${url}/page`)).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('the origin is told for which host and by which request', async () => {
  const url = await proxied(({ method, url: path, headers }, response) => {
    const { 'x-forwarded-host': host, 'x-forwarded-proto': proto, referer } = headers;
    response.end(JSON.stringify({ method, path, host, proto, referer }));
  });
  const response = await fetch(`${url}//evil.test/a?b=%20`, { method: 'DELETE', headers: { referer: 'r' } });
  expect(await response.json()).toEqual({
    ...{
      method: 'DELETE',
      path: '//evil.test/a?b=%20',
      host: new URL(url).host,
      proto: 'http',
      referer: 'r',
    },
  });
});

test('an upload of 20 MB arrives whole', async () => {
  const body = Buffer.alloc(20 * MB, 'upload');
  const url = await proxied(async (incoming, response) => {
    const hash = createHash('sha256');
    for await (const chunk of incoming) hash.update(chunk as Buffer);
    response.end(hash.digest('hex'));
  });
  const response = await fetch(url, { method: 'POST', body });
  expect(await response.text()).toBe(createHash('sha256').update(body).digest('hex'));
});

test('an upload that the origin does not want ends in its answer, and the connection goes on', async () => {
  const url = await start(async ({ method, body }) => {
    await body?.cancel();
    return new Response(method, { status: method === 'GET' ? 200 : 413 });
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  closing.push(() => agent.destroy());
  const ask = async (method: string, body?: Buffer) => {
    const asking = request(url, { method, agent });
    asking.end(body);
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    const text = await textOf(response);
    // What nobody wanted has run out.
    if (!asking.writableFinished) await once(asking, 'finish');
    await new Promise(setImmediate);
    return [response.statusCode, text, asking.reusedSocket];
  };
  expect(await ask('POST', Buffer.alloc(4 * MB))).toEqual([413, 'POST', false]);
  expect(await ask('GET')).toEqual([200, 'GET', true]);
});

test('a client that reads slowly holds back the origin, and one that goes ends its work', async () => {
  let made = 0;
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  let signal: AbortSignal | undefined;
  const url = await start(async (request) => {
    signal = request.signal;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        made += MB;
        if (made > 400 * MB) controller.close();
        else controller.enqueue(new Uint8Array(MB));
      },
      cancel: () => ended(),
    });
    return new Response(body);
  });
  const asking = request(url).end();
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  await once(response, 'readable');
  response.destroy();
  await end;
  expect(made).toBeLessThan(100 * MB);
  expect(signal?.aborted).toBe(true);
});

test('a client that goes before there is an answer ends the origin’s work', async () => {
  const asked = Promise.withResolvers<AbortSignal>();
  const url = await start((request) => {
    asked.resolve(request.signal);
    return new Promise((_, reject) => {
      request.signal.addEventListener('abort', () => reject(new Error('gone')));
    });
  });
  const asking = request(url).end();
  asking.on('error', () => undefined);
  const signal = await asked.promise;
  const aborted = once(signal, 'abort');
  asking.destroy();
  await aborted;
});

test('an origin that cannot be reached is a 502, and one that throws', async () => {
  for (const origin of ['http://127.0.0.1:9', () => Promise.reject(new Error('secret'))]) {
    const response = await fetch(await start(origin));
    expect([response.status, await response.text()]).toEqual([502, 'Bad gateway\n']);
  }
});

test('an answer that breaks off breaks off for the client too', async () => {
  const url = await proxied((_, response) => {
    response.writeHead(200, html);
    response.write(PAGE, () => response.destroy());
  });
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
});

test('a request without a host of its own, or for another, is refused', async () => {
  let asked = 0;
  const url = await start(async () => {
    asked++;
    return new Response('ok');
  });
  const send = async (head: string) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.end(`${head}\r\nConnection: close\r\n\r\n`);
    return (await textOf(socket)).split('\r\n')[0];
  };
  expect(await send('GET http://evil.test/ HTTP/1.1\r\nHost: a.test')).toBe('HTTP/1.1 400 Bad Request');
  expect(await send('GET / HTTP/1.1\r\nHost: a.test/x')).toBe('HTTP/1.1 400 Bad Request');
  expect(await send('GET / HTTP/1.1\r\nHost: u@a.test')).toBe('HTTP/1.1 400 Bad Request');
  expect(await send('OPTIONS * HTTP/1.1\r\nHost: a.test')).toBe('HTTP/1.1 400 Bad Request');
  expect(asked).toBe(0);
  expect(await send('GET / HTTP/1.1\r\nHost: a.test')).toBe('HTTP/1.1 200 OK');
});

test('a place that cannot be found costs no page', async () => {
  const codes: string[] = [];
  const url = await start(async () => new Response(PAGE, { headers: html }), {
    geo: () => {
      throw new Error('no database');
    },
    onDiagnostic: ({ code }) => codes.push(code),
  });
  expect(await (await fetch(url)).text()).toBe(PAGE);
  expect(codes).toEqual(['edge_context']);
});
