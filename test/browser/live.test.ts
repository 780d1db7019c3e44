import { describe, expect, it } from 'vitest';
import { bench } from './browser.ts';
import { HOLE, known, madeEvent, PATHS } from './made-up.ts';

const here = bench();

function run() {
  return { kind: 'run', target: HOLE.target, at: new Date().toISOString(), paths: [HOLE.id] } as const;
}

/** The same path, all clear. */
const MENDED = PATHS.map((path) =>
  path.id === HOLE.id && path.judgement !== null
    ? {
        ...path,
        sentence: 'Large packets get through again.',
        judgement: { ...path.judgement, verdict: 'clear' as const, forward: known(1500), reverse: known(1500) },
      }
    : path,
);

describe('live', () => {
  it('shows what a run found, without being asked and without losing the focus', async () => {
    const page = await here.open('/');
    await page.getByText('live', { exact: true }).waitFor();
    const link = page.getByRole('link', { name: HOLE.target, exact: true });
    await link.focus();
    here.server.world.paths = MENDED;
    here.server.publish(run());
    await page.locator('#rows tr').first().getByText('not measured').waitFor();
    expect(await page.locator('#rows .badge').allInnerTexts()).not.toContain('black hole');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(HOLE.target);
  });

  it('looks once for many runs', async () => {
    const page = await here.open('/');
    await page.getByText('live', { exact: true }).waitFor();
    const looks = (): number => here.server.asked.filter((path) => path === '/api/v1/paths').length;
    const before = looks();
    for (let times = 0; times < 50; times++) here.server.publish(run());
    here.server.world.paths = MENDED;
    here.server.publish(run());
    await page.locator('#rows tr').first().getByText('not measured').waitFor();
    // That of the stream's beginning, that of the first run, and that of all others.
    expect(looks() - before).toBeLessThanOrEqual(3);
  });

  it('shows the path that is looked at anew', async () => {
    const page = await here.open(`/#/paths/${HOLE.id}`);
    await page.getByText(HOLE.sentence).waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    here.server.world.paths = MENDED;
    here.server.publish(run());
    await page.getByText('Large packets get through again.').waitFor();
  });

  it('says an event to whoever listens, once, and puts it first', async () => {
    const page = await here.open('/');
    await page.getByText('live', { exact: true }).waitFor();
    const event = madeEvent(9, { summary: 'rubygems.org: forward path MTU was 1500, is 1450.' });
    here.server.world.events = [event, ...here.server.world.events];
    for (const _ of [1, 2]) here.server.publish({ kind: 'event', event });
    await page.locator('#all-events .event').first().getByText(event.summary).waitFor();
    const log = page.getByRole('log');
    expect(await log.getAttribute('aria-live')).toBe('polite');
    expect(await log.locator('p').allInnerTexts()).toEqual([event.summary]);
    expect(await page.locator('#all-events .event').count()).toBe(4);
  });

  it('says when the service is gone, and comes back with it', async () => {
    const page = await here.open('/', { mayFail: true });
    await page.getByText('live', { exact: true }).waitFor();
    await here.server.stop();
    await page.getByText('disconnected: what stands here may be old').waitFor();
    await page.getByRole('alert').getByText('The service does not answer.').waitFor();
    // What is known stays in sight.
    expect(await page.getByRole('link', { name: HOLE.target, exact: true }).isVisible()).toBe(true);
    here.server.world.paths = MENDED;
    here.server.world.events = [madeEvent(10, { summary: 'Meanwhile.' }), ...here.server.world.events];
    await here.server.start();
    await page.getByText('live', { exact: true }).waitFor();
    await page.locator('#all-events').getByText('Meanwhile.').waitFor();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(await page.getByRole('log').locator('p').allInnerTexts()).toEqual([
      'The connection to the service is lost.',
      'The page is live again.',
    ]);
  });
});
