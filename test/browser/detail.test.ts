import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { bench, overflow, PHONE, setWorld } from './browser.ts';
import { HOLE, HOSTILE, PATHS } from './made-up.ts';

const here = bench();
const AT_HOLE = `/#/paths/${HOLE.id}`;
const HOLE_LINK = { name: HOLE.target, exact: true } as const;
const SNIPPET = 'settings:\n  mtu: 1450';

function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.textContent');
}

describe('one path', () => {
  it('is reached from the list, and left by the back button, with the focus where one was', async () => {
    const page = await here.open('/');
    await page.getByRole('link', HOLE_LINK).click();
    await page.getByRole('heading', { name: HOLE.target, level: 2 }).waitFor();
    expect(new URL(page.url()).hash).toBe(`#/paths/${HOLE.id}`);
    expect(await page.locator('#list').isVisible()).toBe(false);
    await page.goBack();
    await page.getByRole('link', HOLE_LINK).waitFor();
    expect(await focused(page)).toBe(HOLE.target);
    await page.goForward();
    await page.getByText(HOLE.sentence).waitFor();
    expect(await page.title()).toBe('rubygems.org – mtu-probe');
  });

  it('has the sentence, both directions, and all of it as JSON', async () => {
    const page = await here.open(AT_HOLE);
    await page.getByText(HOLE.sentence).waitFor();
    const picture = page.locator('#picture');
    expect(await picture.locator('.end').first().innerText()).toMatch(
      /This host\s+eth0, 172\.17\.0\.2\s+interface MTU 1500/,
    );
    expect(await picture.locator('.lane').allInnerTexts()).toEqual([
      expect.stringMatching(/forward larger ones are refused, and told\s+path MTU\s+1450\s+172\.17\.0\.1 says 1450/),
      expect.stringMatching(/reverse larger ones vanish, untold\s+path MTU\s+1450\s+✗/),
    ]);
    await picture.getByText('As text').click();
    expect(await picture.locator('pre').innerText()).toBe(HOLE.picture.join('\n'));
    const raw = await page.getByRole('link', { name: 'All of it as JSON' }).getAttribute('href');
    expect(raw).toBe(`/api/v1/paths/${HOLE.id}`);
  });

  it('draws forward and reverse as lines of their own, for the time that was chosen', async () => {
    const page = await here.open(AT_HOLE);
    const chart = page.getByRole('img', {
      name: /^Chart of path MTUs over time\. 114 runs: .*reverse path MTU between 1400/,
    });
    await chart.locator('canvas').waitFor();
    expect(await coloursOf(page)).toEqual({ forward: true, reverse: true });
    await page.getByRole('button', { name: '1 h: the last hour' }).click();
    await page
      .getByRole('img', { name: / 6 runs: forward path MTU 1450 throughout; reverse path MTU 1450 / })
      .waitFor();
    expect(await page.getByRole('button', { pressed: true }).innerText()).toBe('1 h');
    await page.getByText('Runs as a table').click();
    expect(await page.locator('.runs tbody tr').count()).toBe(6);
    expect(await page.locator('.runs tbody tr').first().innerText()).toMatch(/black hole\s+1450, all sizes arrive/);
  });

  it('draws them in the colours of the scheme, also when that changes', async () => {
    const page = await here.open(AT_HOLE);
    await page.locator('.chart canvas').waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => coloursOf(page)).toEqual({ forward: true, reverse: true });
  });

  it('names what happened, before and after', async () => {
    const page = await here.open(AT_HOLE);
    const changes = page.locator('#path-events .changes li');
    await changes.first().waitFor();
    expect(await changes.allTextContents()).toEqual([
      'verdict clear →  became black hole',
      'forward path MTU 1500 →  became 1450',
      'reverse path MTU 1500 →  became 1450',
    ]);
    expect(await page.locator('#path-events .event').count()).toBe(1);
  });

  it('is unknown when it is gone', async () => {
    const page = await here.open('/#/paths/00000000000000ff', { mayFail: true });
    await page.getByText('The service does not know this path, or no longer does.').waitFor();
  });

  it('shows a hostile name as text, and fits on a phone', async () => {
    setWorld(here, { paths: PATHS.map((path) => (path.id === HOLE.id ? { ...path, target: HOSTILE } : path)) });
    const page = await here.open(AT_HOLE, { viewport: PHONE });
    await page.getByRole('heading', { name: HOSTILE }).waitFor();
    await page.locator('.chart canvas').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await overflow(page)).toBe(0);
  });
});

describe('the remedy', () => {
  const permissions = ['clipboard-read', 'clipboard-write'];

  it('is copied by a button that says so', async () => {
    const page = await here.open(AT_HOLE, { permissions });
    await page.getByRole('button', { name: 'Copy the remedy for drone' }).click();
    await page.getByRole('button', { name: 'Copied: the remedy for drone' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(SNIPPET);
    expect(await page.getByRole('log').innerText()).toBe('Copied the remedy for drone.');
  });

  it('is copied over plain HTTP from another host too, where browsers have no clipboard for pages', async () => {
    const page = await here.open(AT_HOLE, { permissions });
    await page.evaluate('Object.defineProperty(window, "isSecureContext", { value: false })');
    const button = page.getByRole('button', { name: /the remedy for drone/ });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Copied', { exact: true }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(SNIPPET);
    expect(await focused(page)).toBe('Copied');
  });
});

describe('by the keyboard alone', () => {
  it('one gets from the top to a path, its remedy and back', async () => {
    const page = await here.open('/', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('link', HOLE_LINK).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the content');
    expect(await page.locator('#skip').boundingBox()).toMatchObject({ y: 8 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe(HOLE.target);
    expect(await outlineOf(page)).toBe('solid 3px');
    await page.keyboard.press('Enter');
    await page.getByText(HOLE.sentence).waitFor();
    expect(await focused(page)).toBe(HOLE.target);
    await tabTo(page, 'Copy');
    await page.keyboard.press('Enter');
    await page.getByText('Copied', { exact: true }).waitFor();
    await tabTo(page, 'Elsewhere (1)');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copy the remedy for docker' }).waitFor();
    await tabTo(page, '7 d');
    await page.keyboard.press('Space');
    expect(await page.getByRole('button', { pressed: true }).innerText()).toBe('7 d');
    await tabTo(page, '← All paths', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('link', HOLE_LINK).waitFor();
    expect(await focused(page)).toBe(HOLE.target);
  });
});

async function tabTo(page: Page, text: string, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  while (passed.at(-1) !== text) {
    // More than the page has: a trap, or not reachable.
    if (passed.length > 40) throw new Error(`no "${text}" among ${passed.join(' | ')}`);
    await page.keyboard.press(key);
    passed.push(await focused(page));
  }
}

function outlineOf(page: Page): Promise<string> {
  return page.evaluate<string>(
    '(({ outlineStyle: kind, outlineWidth: width }) => [kind, width].join(" "))(getComputedStyle(document.activeElement))',
  );
}

/** Whether the canvas has pixels of exactly the colours that the page has for the lines now. */
function coloursOf(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector('.chart canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] === 255) seen.add('#' + [0, 1, 2].map((i) => data[at + i].toString(16).padStart(2, '0')).join(''));
    }
    const style = getComputedStyle(canvas);
    const has = (name) => seen.has(style.getPropertyValue(name).trim());
    return { forward: has('--forward'), reverse: has('--reverse') };
  })()`);
}
