import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Observation } from './observation.ts';
import { watchPage } from './watch-page.ts';
import { WATCHED } from './watched-apis.ts';

/** What is used of the events of the Chrome DevTools Protocol, https://chromedevtools.github.io/devtools-protocol/. */
interface Payload {
  readonly sessionId: string;
  readonly message: string;
  readonly payload: string;
  readonly url: string;
  readonly type: string;
  readonly request: { readonly url: string; readonly method: string; readonly postData?: string };
}

/** One end of the protocol: a page, the browser, or a worker inside the messages of either. */
interface Target {
  send(method: string, params?: object): Promise<unknown>;
  listen(fn: (method: string, event: Payload) => void): void;
}

export interface WatchWorkersOptions {
  readonly browser: Browser;
  readonly page: Page;
  /** Runs first in every worker. */
  readonly prologue: string;
  readonly note: (seen: Observation) => void;
  /** A shared worker of this address runs: the page never hears that its script has come. */
  readonly onShared: (url: string) => void;
  /** Holds an entry for each worker that is not watched yet. */
  readonly underWay: Map<object, string>;
}

/** Ends by saying that it is there. */
const WATCH = `
  (${watchPage})(${JSON.stringify(WATCHED)}, (seen) => inklingAudit(JSON.stringify(seen)));
  inklingAudit('watched');`;
/** One that ends at once never says so. */
const WATCHED_MS = 3000;
const HELD = { autoAttach: true, waitForDebuggerOnStart: true };

/**
 * Watches what runs in the workers of a page, nested ones included, and in service and shared workers. Each is held
 * before its first line; but the driver holds it too, and lets go of it on its own, so that what a worker reads in its
 * first moments may be missed. Of shared workers the requests are told too; those of the others are among
 * the page's.
 * @returns what stops it
 */
export async function watchWorkers(options: WatchWorkersOptions): Promise<() => Promise<void>> {
  const { browser, page } = options;
  const session = await page.context().newCDPSession(page);
  const own = targetOf(session);
  session.on('Target.attachedToTarget', ({ sessionId }) => void watch(childOf(own, sessionId), options));
  await session.send('Target.setAutoAttach', { ...HELD, flatten: false });

  // Shared workers belong to the browser. It holds them in a session that nobody here can speak in, and lets go of them
  // once they are watched in a second one.
  const { targetInfo: self } = await session.send('Target.getTargetInfo');
  const shared = await browser.newBrowserCDPSession();
  const all = targetOf(shared);
  const known = new Set<string>();
  shared.on('Target.attachedToTarget', async ({ sessionId: held, targetInfo }) => {
    const { targetId, browserContextId } = targetInfo;
    // The second session is told of here as well.
    if (known.has(targetId)) return;
    known.add(targetId);
    if (browserContextId === self.browserContextId) {
      options.onShared(targetInfo.url);
      const second = await all.send('Target.attachToTarget', { targetId, flatten: false });
      if (second) await watch(childOf(all, Object(second).sessionId), options, true);
    }
    await all.send('Target.detachFromTarget', { sessionId: held });
  });
  const filter = [{ type: 'shared_worker' }];
  await shared.send('Target.setAutoAttach', { ...HELD, flatten: true, filter });
  return () => shared.detach().catch(() => undefined);
}

async function watch(worker: Target, options: WatchWorkersOptions, isShared = false): Promise<void> {
  const { note, prologue, underWay } = options;
  underWay.set(worker, '');
  setTimeout(() => underWay.delete(worker), WATCHED_MS);
  worker.listen((method, event) => {
    if (method === 'Runtime.bindingCalled') {
      if (event.payload === 'watched') underWay.delete(worker);
      else note(JSON.parse(event.payload));
    } else if (method === 'Network.webSocketCreated')
      note({ kind: 'request', api: 'websocket', what: event.url, bytes: 0 });
    else if (method === 'Target.attachedToTarget') void watch(childOf(worker, event.sessionId), options);
    else if (method === 'Network.requestWillBeSent' && isShared) note(observe(event));
  });
  // All at once, because the driver may let go of it at any moment.
  await Promise.all([
    worker.send('Runtime.enable'),
    worker.send('Runtime.addBinding', { name: 'inklingAudit' }),
    worker.send('Runtime.evaluate', { expression: `${prologue}; ${WATCH}` }),
    worker.send('Network.enable'),
    worker.send('Target.setAutoAttach', { ...HELD, flatten: false }),
    worker.send('Runtime.runIfWaitingForDebugger'),
  ]);
}

function observe({ request, type }: Payload): Observation {
  const { url, method, postData } = request;
  return {
    kind: 'request',
    api: type.toLowerCase(),
    what: url,
    method,
    bytes: Buffer.byteLength(new URL(url).search + (postData ?? '')),
    ...(postData !== undefined && { body: postData }),
  };
}

function targetOf(session: CDPSession): Target {
  return {
    // What is gone needs no watching.
    send: (method, params) =>
      session.send(method as 'Target.sendMessageToTarget', params as never).catch(() => {}),
    listen: (fn) =>
      session.on('Target.receivedMessageFromTarget', (event) =>
        fn('Target.receivedMessageFromTarget', event as Payload),
      ),
  };
}

/** A worker speaks inside the messages of what it belongs to. */
function childOf(parent: Target, sessionId: string): Target {
  let last = 0;
  return {
    send(method, params = {}) {
      const message = JSON.stringify({ id: ++last, method, params });
      return parent.send('Target.sendMessageToTarget', { sessionId, message });
    },
    listen: (fn) =>
      parent.listen((method, event) => {
        if (method !== 'Target.receivedMessageFromTarget' || event.sessionId !== sessionId) return;
        const inner = JSON.parse(event.message);
        if (inner.method) fn(inner.method, inner.params);
      }),
  };
}
