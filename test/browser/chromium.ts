/** A real Chromium without a screen, and what each page in it must never do. */

import { execFileSync } from 'node:child_process';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Nothing of its own goes to the network. */
const ARGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export const DESKTOP = { width: 1280, height: 900 };

export function launchChromium(): Promise<Browser> {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  return chromium.launch({ executablePath, args: ARGS });
}

export interface PageOptions extends BrowserContextOptions {
  /** Failed requests are what the test is about: the browser says them on its console. */
  readonly mayFail?: boolean;
}

/** A page of its own. @param complain hears of whatever it must not do. */
export async function openPage(
  browser: Browser,
  origin: string,
  path: string,
  complain: (complaint: string) => void,
  { mayFail = false, ...options }: PageOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) complain(`left the origin: ${url}`);
  });
  page.on('pageerror', (error) => complain(`threw: ${error.message}`));
  // Violations of the policy are said there as well.
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (mayFail && message.text().startsWith('Failed to load resource')) return;
    complain(`said: ${message.text()}`);
  });
  await page.goto(`${origin}${path}`);
  return page;
}
