import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect } from './connect.ts';
import type { Engine } from './engine.ts';
import { READ_RESULT, untilLeft } from './until-left.ts';

const PATHS = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** Firefox over WebDriver BiDi, https://w3c.github.io/webdriver-bidi/; nothing where it is not installed.
 * @param preferences as in `about:config`. @default its own */
export async function startFirefox(
  preferences: Readonly<Record<string, boolean>> = {},
): Promise<Engine | undefined> {
  const path = PATHS.find((file) => existsSync(file));
  if (!path) return undefined;
  const profile = mkdtempSync(join(tmpdir(), 'inkling-firefox-'));
  const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${value});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const child = spawn(
    path,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill();
    await exited;
    rmSync(profile, { recursive: true, force: true });
  };
  try {
    const address = await new Promise<string>((resolve, reject) => {
      createInterface(child.stderr).on('line', (line) => {
        const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
        if (found) resolve(found);
      });
      child.on('exit', (code) => reject(new Error(`${path} ended with ${code}`)));
    });
    const send = await connect(`${address}/session`);
    const session = await send('session.new', { capabilities: {} });
    const { browserVersion } = session.capabilities as { browserVersion: string };
    return {
      name: `Firefox ${browserVersion.split('.')[0]}`,
      async visit(url) {
        const { userContext } = await send('browser.createUserContext', {});
        const { context } = await send('browsingContext.create', { type: 'tab', userContext });
        await send('browsingContext.navigate', { context, url, wait: 'complete' });
        const { result } = await send('script.evaluate', {
          expression: 'window.result.then(JSON.stringify)',
          target: { context },
          awaitPromise: true,
        });
        await send('browser.removeUserContext', { userContext });
        return JSON.parse((result as { value: string }).value);
      },
      async travel(url) {
        const { userContext } = await send('browser.createUserContext', {});
        const { context } = await send('browsingContext.create', { type: 'tab', userContext });
        await send('browsingContext.navigate', { context, url, wait: 'none' });
        return untilLeft(async () => {
          const { result } = await send('script.evaluate', {
            expression: READ_RESULT,
            target: { context },
            awaitPromise: false,
          });
          return (result as { value?: string }).value;
        });
      },
      close: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
