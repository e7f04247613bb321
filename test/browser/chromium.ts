import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What keeps a browser under test quiet: it talks to the page under test and to nobody else. */
export const ARGUMENTS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pages are to see a visitor: a browser that a program drives gets the authored page.
  '--disable-blink-features=AutomationControlled',
];

/**
 * Starts a headless Chromium: the one named by the environment variable `INKLING_CHROMIUM`, else the system's, else
 * Playwright's own. Throws one line saying what to install where there is none. The caller closes it.
 */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: findChromium(), args: [...ARGUMENTS] });
}

/** Path of the browser, found as `launchChromium` says. */
export function findChromium(): string {
  const named = process.env.INKLING_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`INKLING_CHROMIUM names ${named}, but there is no such file.`);
  }
  const found = [...SYSTEM_PATHS, chromium.executablePath()].find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    'Browser tests need Chromium: `apt-get install chromium`, or set INKLING_CHROMIUM to a Chromium binary.',
  );
}
