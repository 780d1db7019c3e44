import { describe, expect, it } from 'vitest';
import { bench, overflow, PHONE, setWorld } from './browser.ts';
import { HOSTILE, madeMesh } from './made-up.ts';

const here = bench();
const ODD = '10.0.0.3 differs from all others: 1400 instead of 1500, in both directions.';

describe('the mesh', () => {
  it('names the odd node, marks it in rows and columns, and says who is silent', async () => {
    setWorld(here, { mesh: madeMesh(5, 2) });
    const page = await here.open('/mesh');
    await page.locator('#odd').getByText(ODD).waitFor();
    expect(await page.locator('th.odd').allInnerTexts()).toEqual(['10.0.0.3 odd', '10.0.0.3 odd']);
    expect(await page.locator('td.differs').count()).toBe(8);
    expect(await page.getByText('10.0.0.200 does not answer: ').innerText()).toContain(HOSTILE);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('#coverage').innerText()).toBe(
      '5 agents, 20 of 20 measurements done; 1 agent does not answer; the usual path MTU is 1500.',
    );
  });

  it('is walked by arrow keys, and tells each cell in full', async () => {
    setWorld(here, { mesh: madeMesh(4, 2) });
    const page = await here.open('/mesh');
    await page.getByRole('grid').waitFor();
    const words = page.locator('#cell');
    await page.locator('.matrix [tabindex="0"]').focus();
    expect(await words.innerText()).toBe('10.0.0.3 itself.');
    await page.keyboard.press('ArrowRight');
    const odd =
      '10.0.0.3 measured 10.0.0.1: black hole; to it: 1400 (larger ones vanish, untold); back from it: 1400 (larger ones vanish, untold).';
    expect(await words.innerText()).toBe(`${odd} The path`);
    expect(await page.getByRole('gridcell', { name: odd }).innerText()).toBe('1400 ✗');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    expect(await words.innerText()).toBe('10.0.0.1 does not measure 10.0.0.200.');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await words.innerText()).toBe('10.0.0.3 itself.');
    expect(await page.locator('.matrix [tabindex="0"]').count()).toBe(1);
  });

  it('is of use with a hundred agents: heads stay, the odd one is first', async () => {
    setWorld(here, { mesh: madeMesh(100, 41) });
    const page = await here.open('/mesh');
    await page.locator('.matrix tbody tr').nth(100).waitFor();
    expect(await page.evaluate<number>('performance.now()')).toBeLessThan(10_000);
    expect(await page.locator('tbody th').first().innerText()).toBe('10.0.0.42 odd');
    await page.evaluate('document.querySelector(".matrix-scroll").scrollTo(3000, 2000)');
    const box = await page.locator('.matrix-scroll').boundingBox();
    expect((await page.locator('tbody th').nth(70).boundingBox())?.x).toBeCloseTo((box?.x ?? 0) + 1, 0);
    expect((await page.locator('thead th').nth(50).boundingBox())?.y).toBeCloseTo((box?.y ?? 0) + 1, 0);
    expect(await overflow(page)).toBe(0);
  });

  it('fits on a phone: only the matrix moves sideways', async () => {
    setWorld(here, { mesh: madeMesh(8, 2) });
    const page = await here.open('/mesh', { viewport: PHONE });
    await page.getByRole('grid').waitFor();
    expect(await overflow(page)).toBe(0);
  });

  it('keeps the focus when a run changes it, and says the odd one', async () => {
    setWorld(here, { mesh: madeMesh(4, null) });
    const page = await here.open('/mesh');
    await page.getByRole('grid').waitFor();
    await page.getByRole('gridcell', { name: /^10\.0\.0\.2 measured 10\.0\.0\.1/ }).focus();
    here.server.world.mesh = madeMesh(4, 2);
    here.server.publish({ kind: 'run', target: '10.0.0.3', at: new Date().toISOString(), paths: [] });
    await page.locator('#odd').getByText(ODD).waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toMatch(
      /^10\.0\.0\.2 measured 10\.0\.0\.1/,
    );
    expect(await page.getByRole('log').innerText()).toBe(ODD);
  });

  it('says that there are no peers', async () => {
    const page = await here.open('/mesh', { mayFail: true });
    await page.getByText('This service has no peers: none are configured.').waitFor();
  });
});
