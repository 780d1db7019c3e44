import { describe, expect, it } from 'vitest';
import { barriers, bench, overflow, PHONE, setWorld } from './browser.ts';
import { DESKTOP } from './chromium.ts';
import type { World } from './fixture-server.ts';
import { HOLE, madeMesh } from './made-up.ts';

const here = bench();

interface View {
  readonly name: string;
  readonly path: string;
  /** What is there once all of it is. */
  readonly there: string;
  readonly world?: Partial<World>;
}

const VIEWS: readonly View[] = [
  { name: 'the list', path: '/', there: '#rows tr >> nth=6' },
  { name: 'one path', path: `/#/paths/${HOLE.id}`, there: '.chart canvas' },
  { name: 'the mesh', path: '/mesh', there: '.matrix', world: { mesh: madeMesh(6, 2) } },
  { name: 'nothing yet', path: '/', there: '#empty:visible', world: { paths: [], targets: [], events: [] } },
  { name: 'an error', path: '/', there: '[role=alert]', world: { status: 500 } },
];

/** In one page, which is drawn anew for each. */
const SETTINGS = [
  { scheme: 'light', viewport: DESKTOP },
  { scheme: 'dark', viewport: DESKTOP },
  { scheme: 'dark', viewport: PHONE },
  { scheme: 'light', viewport: PHONE },
] as const;

describe('there are no barriers in', () => {
  it.each(VIEWS)('$name: light and dark, on a desktop and a phone', async ({ path, there, world = {} }) => {
    setWorld(here, world);
    const page = await here.open(path, { bypassCSP: true, mayFail: true });
    await page.locator(there).first().waitFor();
    for (const summary of await page.locator('details > summary:visible').all()) await summary.click();
    for (const { scheme, viewport } of SETTINGS) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize(viewport);
      expect({ scheme, viewport, barriers: await barriers(page) }).toEqual({ scheme, viewport, barriers: [] });
      expect(await overflow(page)).toBe(0);
    }
  });
});

describe('barriers', () => {
  it('are found where they are', async () => {
    const page = await here.open('/', { bypassCSP: true });
    await page.locator('#rows tr').first().waitFor();
    await page.evaluate('document.title = ""; document.querySelector("#rows a").style.color = "#f4f4f4"');
    const found = (await barriers(page)).join('\n');
    expect(found).toContain('document-title: ');
    expect(found).toContain('color-contrast: ');
  });
});
