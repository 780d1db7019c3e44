/** A real Chromium, and a server with a world of its own for each test. */

import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchChromium, openPage, type PageOptions } from './chromium.ts';
import { FixtureServer, madeWorld, type World } from './fixture-server.ts';

/** The narrowest that WCAG 2.2 asks for (1.4.10). */
export const PHONE = { width: 320, height: 640 };

export interface Bench {
  readonly server: FixtureServer;
  /** A page of its own, where whatever it must not do fails the test at its end. */
  open(path: string, options?: PageOptions): Promise<Page>;
}

/** For one file: a browser for all of its tests, and a server with a world of its own for each. */
export function bench(): Bench {
  let browser: Browser;
  let server: FixtureServer;
  const complaints: string[] = [];
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    server = new FixtureServer();
    await server.start();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await server.stop();
    expect(complaints.splice(0)).toEqual([]);
  });

  async function open(path: string, options?: PageOptions): Promise<Page> {
    const page = await openPage(browser, server.origin, path, (complaint) => complaints.push(complaint), options);
    closing.push(() => page.context().close());
    return page;
  }

  return {
    get server() {
      return server;
    },
    open,
  };
}

export function setWorld({ server }: Bench, change: Partial<World>): void {
  server.world = madeWorld(change);
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
  readonly passes: readonly unknown[];
}

/** What axe-core has against a page, opened with `bypassCSP`. */
export async function barriers(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })');
  // Rules that looked at nothing would find nothing either.
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  );
}

/** How many pixels of a page are beyond its right edge. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
