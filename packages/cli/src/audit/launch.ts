import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { CliError } from '../cli-error.ts';

const PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Many sites, Inkling's own runtime among them, leave declared robots alone; the audit is to see what visitors see.
  '--disable-blink-features=AutomationControlled',
];

/** Starts a headless Chromium for an audit: the one at `path`, else that of the environment variable
 * `INKLING_CHROMIUM`, else the system's, else Playwright's own. The caller closes it. @throws CliError where there is none */
export async function launchForAudit(
  path: string | undefined = process.env.INKLING_CHROMIUM,
): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const found = path ?? [...PATHS, chromium.executablePath()].find((each) => existsSync(each));
  if (!found || !existsSync(found))
    throw new CliError('--browser', '', 'the path of a Chromium or Chrome', path ?? 'none on this system');
  return chromium.launch({
    executablePath: found,
    // The sandbox does not work for root, as whom containers run.
    args: [...ARGUMENTS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}
