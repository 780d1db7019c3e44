import { describe, expect, it } from 'vitest';
import { bench, overflow, PHONE, setWorld } from './browser.ts';
import { BACKWARDS, HOLE, HOSTILE, known, madePath, madeTarget, minutesAgo, PATHS } from './made-up.ts';

const here = bench();

const HUNDRED = Array.from({ length: 100 }, (_, index) =>
  madePath({
    ...{ number: index + 10, target: `target-${index}.example`, verdict: 'clear' },
    ...{ forward: known(1500), reverse: known(1500) },
  }),
);

describe('the list', () => {
  it('has the worst first, each with a word and a shape beside its colour', async () => {
    const page = await here.open('/');
    const rows = page.locator('#rows tr');
    await rows.first().waitFor();
    const words = await page.locator('#rows .badge').allInnerTexts();
    const statuses = ['black hole', 'not measured', 'reduced', 'inconclusive', 'not measured yet', 'clamped', 'clear'];
    expect(words).toEqual(statuses);
    expect(await page.locator('#rows .badge svg').count()).toBe(statuses.length);
    expect(await rows.first().innerText()).toMatch(/203\.0\.113\.1 · IPv4 · TCP\s+team=ci\s+region=eu-central/);
    expect(await rows.nth(1).innerText()).toContain('Last run measured nothing: the name has no address');
    expect(await rows.nth(2).innerText()).toMatch(/3 missed, 1 failed of 120 runs\s+1480\s+larger ones/);
    expect(await rows.nth(4).innerText()).toMatch(/due in \d+ min/);
    expect(await rows.nth(5).innerText()).toMatch(/masked for now, since 4 min ago/);
  });

  it('shows hostile names as the text that they are', async () => {
    const page = await here.open('/');
    expect(await page.getByRole('link', { name: HOSTILE }).innerText()).toBe(HOSTILE);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Paths – mtu-probe');
  });

  it('shows that a name would turn the direction of reading', async () => {
    setWorld(here, { paths: [{ ...HOLE, target: BACKWARDS }] });
    const page = await here.open('/');
    await page.getByRole('link', { name: 'safe\ufffdelpmaxe.live' }).waitFor();
  });

  it('shows a hundred targets in a moment, and finds one of them', async () => {
    setWorld(here, { paths: [...PATHS, ...HUNDRED], targets: HUNDRED.map(({ target }) => madeTarget(target)) });
    const page = await here.open('/');
    await page.locator('#rows tr').nth(104).waitFor();
    const drawn = await page.evaluate<number>('performance.now()');
    // A generous bound for a shared machine: nothing in it may grow with the square of the rows.
    expect(drawn).toBeLessThan(5000);
    await page.getByLabel('Filter').fill('target-42');
    expect(await page.locator('#rows tr').count()).toBe(1);
    expect(await page.locator('#found').innerText()).toBe('1 of 105 paths');
    await page.getByLabel('Filter').fill('');
    expect(await page.locator('#rows tr').count()).toBe(105);
  });

  it('says that nothing was measured yet, and why the service is not ready', async () => {
    setWorld(here, {
      paths: [],
      targets: [madeTarget('a.example', { lastRunAt: null, nextAt: minutesAgo(-9) })],
      events: [],
    });
    const page = await here.open('/');
    await page.getByText('Nothing measured yet.').waitFor();
    expect(await page.locator('#readiness').innerText()).toMatch(/not ready\s+rubygems\.org has not been measured yet/);
    expect(await page.locator('#all-events').innerText()).toBe('Nothing happened yet.');
  });

  it('fits on a phone, and on a screen at twice its size', async () => {
    for (const viewport of [PHONE, { width: 640, height: 450 }]) {
      const page = await here.open('/', { viewport });
      await page.locator('#rows tr').first().waitFor();
      expect(await overflow(page)).toBe(0);
      // Cards are still a table to whoever has it read.
      expect(await page.getByRole('cell', { name: 'black hole' }).count()).toBe(1);
      expect(await page.getByRole('columnheader').count()).toBe(6);
    }
  });
});

describe('without an answer', () => {
  it('says that the service is broken, and is well again when it is', async () => {
    setWorld(here, { status: 500 });
    const page = await here.open('/', { mayFail: true });
    await page.getByRole('alert').getByText('The service answers with an error (500).').waitFor();
    here.server.world.status = 200;
    await page.getByRole('link', { name: HOLE.target, exact: true }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('says that it wants the token', async () => {
    setWorld(here, { status: 401 });
    const page = await here.open('/', { mayFail: true });
    await page.getByRole('alert').getByText('The service wants its token.').waitFor();
  });

  it('needs nothing more where the browser was given the token as a password', async () => {
    setWorld(here, { token: 'secret' });
    const page = await here.open('/', { mayFail: true, httpCredentials: { username: 'any', password: 'secret' } });
    await page.getByRole('link', { name: HOLE.target, exact: true }).waitFor();
    await page.getByText('live', { exact: true }).waitFor();
  });

  it('says that too many ask', async () => {
    setWorld(here, { status: 429 });
    const page = await here.open('/', { mayFail: true });
    await page.getByRole('alert').getByText('The service is asked too often').waitFor();
  });
});
