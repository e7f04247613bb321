import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Engine } from './engine.ts';
import { READ_RESULT, untilLeft } from './until-left.ts';

const DRIVER = '/usr/bin/WebKitWebDriver';
const ATTEMPTS = 100;

/** WebKitGTK over WebDriver, https://w3c.github.io/webdriver/, on a virtual screen; nothing where they are not
 * installed. A session of its own for every page makes every context fresh. */
export async function startWebKit(): Promise<Engine | undefined> {
  const [browser] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser');
  if (!browser || !existsSync(DRIVER) || !existsSync('/usr/bin/Xvfb')) return undefined;
  const screen = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = await new Promise<string>((resolve, reject) => {
    screen.stdio[3]?.once('data', (number) => resolve(`:${String(number).trim()}`));
    screen.on('exit', () => reject(new Error('Xvfb did not start')));
  });
  const port = await freePort();
  // The head of a group of its own, which ends together: a browser that hangs does not obey its driver.
  const driver = spawn(DRIVER, [`--port=${port}`], {
    stdio: 'ignore',
    detached: true,
    env: {
      ...process.env,
      DISPLAY: display,
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
  });
  const close = async (): Promise<void> => {
    await Promise.all([stop(driver, true), stop(screen)]);
  };
  const send = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: Record<string, unknown> };
    if (!response.ok) throw new Error(`${method} ${path}: ${value.message}`);
    return value;
  };
  await untilReady(() => send('GET', '/status'));
  const alwaysMatch = { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } };
  const visit = async <T>(
    work: (session: string, capabilities: Record<string, string>) => Promise<T>,
  ): Promise<T> => {
    const { sessionId, capabilities } = await send('POST', '/session', { capabilities: { alwaysMatch } });
    try {
      return await work(`/session/${sessionId}`, capabilities as Record<string, string>);
    } finally {
      await send('DELETE', `/session/${sessionId}`);
    }
  };
  try {
    const version = await visit(async (_, { browserVersion }) => browserVersion);
    return {
      name: `WebKitGTK ${version}`,
      visit: (url) =>
        visit(async (session) => {
          await send('POST', `${session}/timeouts`, { script: 600_000, pageLoad: 60_000 });
          await send('POST', `${session}/url`, { url });
          const script = 'const done = arguments[0]; window.result.then((r) => done(JSON.stringify(r)));';
          const text = await send('POST', `${session}/execute/async`, { script, args: [] });
          return JSON.parse(String(text));
        }),
      travel: (url) =>
        visit(async (session) => {
          await send('POST', `${session}/url`, { url });
          const script = `return ${READ_RESULT};`;
          return untilLeft(() => send('POST', `${session}/execute/sync`, { script, args: [] }));
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function untilReady(ask: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await ask();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function stop(child: ChildProcess, leadsGroup = false): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  if (leadsGroup) process.kill(-child.pid, 'SIGKILL');
  else child.kill();
  await exited;
}
