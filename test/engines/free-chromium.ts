import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ARGUMENTS, findChromium } from '../browser/chromium.ts';
import { connect } from './connect.ts';

export interface Tab {
  /** What an expression gives in the page, as JSON can tell it; promises are waited for. */
  evaluate(expression: string): Promise<unknown>;
  /** https://wicg.github.io/page-lifecycle/: a frozen page is hidden, and its timers stand still. */
  become(state: 'frozen' | 'active'): Promise<void>;
}

/** A Chromium with nothing switched off that Playwright switches off: it renders pages before they are visited, and keeps
 * pages that are left. */
export interface FreeChromium {
  open(url: string): Promise<Tab>;
  /** The tab that shows this address: one that was rendered in advance is another than was opened. */
  find(url: string): Promise<Tab | undefined>;
  close(): Promise<void>;
}

export async function startFreeChromium(): Promise<FreeChromium> {
  const profile = mkdtempSync(join(tmpdir(), 'inkling-chromium-'));
  const child = spawn(
    findChromium(),
    [
      '--headless=new',
      ...ARGUMENTS,
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(child.stderr).on('line', (line) => {
      const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (found) resolve(found);
    });
    child.on('exit', (code) => reject(new Error(`Chromium ended with ${code}`)));
  });
  const send = await connect(address);
  const tabOf = (targetId: string): Tab => {
    let session: Promise<Record<string, unknown>> | undefined;
    const ask = async (method: string, params: object) => {
      // Not before something is asked of it: a page that is looked into renders no other in advance.
      session ??= send('Target.attachToTarget', { targetId, flatten: true });
      return send(method, params, String((await session).sessionId));
    };
    return {
      async evaluate(expression) {
        const { result, exceptionDetails } = await ask('Runtime.evaluate', {
          expression,
          awaitPromise: true,
          returnByValue: true,
        });
        if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
        return (result as { value?: unknown }).value;
      },
      async become(state) {
        await ask('Page.setWebLifecycleState', { state });
      },
    };
  };
  return {
    async open(url) {
      const { targetId } = await send('Target.createTarget', { url });
      return tabOf(String(targetId));
    },
    async find(url) {
      const { targetInfos } = await send('Target.getTargets', {});
      const found = (targetInfos as { type: string; url: string; targetId: string }[]).find(
        (target) => target.type === 'page' && target.url === url,
      );
      return found && tabOf(found.targetId);
    },
    async close() {
      child.kill();
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
