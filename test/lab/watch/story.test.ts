/** A path that breaks, changes and heals while it is watched: everybody who looks is told the same story. */

import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Evidence } from '../../../src/contract.ts';
import type { EventKind, ServiceEvent, Turn } from '../../../src/service/contract.ts';
import { launchChromium, openPage } from '../../browser/chromium.ts';
import { countSent, sentAbove, setLink, silenceServersRouter, TARGET } from './path.ts';
import { Scene, until } from './scene.ts';
import type { Heard } from './stream.ts';
import { NOBODY, sampleOf, Watching } from './watching.ts';
import { type Delivery, receiver } from './webhook.ts';

const LIMIT_MS = 120_000;
const INTERVAL_MS = 2000;
/** A slot of a busy machine begins so much later. */
const LATE_MS = 1000;
const WATCHED = ['--target', TARGET, '-4', '--interval', `${INTERVAL_MS / 1000}s`];

interface Step {
  /** Of the link between the routers. */
  readonly mtu: number;
  readonly verdict: 'clear' | 'black-hole';
  readonly badge: string;
  /** What is told of it, in order. */
  readonly kinds: readonly EventKind[];
}

const STEPS: readonly Step[] = [
  { mtu: 1450, verdict: 'black-hole', badge: 'black hole', kinds: ['verdict-changed', 'not-ready'] },
  { mtu: 1400, verdict: 'black-hole', badge: 'black hole', kinds: ['path-mtu-changed'] },
  { mtu: 1500, verdict: 'clear', badge: 'clear', kinds: ['verdict-changed', 'ready'] },
];
const BEFORE: readonly EventKind[] = ['started', 'path-found', 'ready'];
/** docs/notifications.md: a path that is clear from the start is no news, and readiness follows from a verdict. */
const NOTIFIED: readonly EventKind[] = ['verdict-changed', 'path-mtu-changed', 'verdict-changed'];

async function open(as: readonly string[], ...args: readonly string[]) {
  const scene = await Scene.open('clear');
  await Promise.all([silenceServersRouter(scene), countSent(scene, 1450, 1400)]);
  const hook = await receiver(scene, 'C');
  const options = [...WATCHED, '--notification', hook.notification, ...args];
  const watch = await Watching.start(scene, { host: 'C', args: options, as });
  const heard = await watch.news();
  return { scene, watch, heard, hook };
}

/** Between two runs, so that no run sees half of it. @returns the first run that began after it, once it is over. */
async function change(scene: Scene, heard: Heard, mtu: number): Promise<Heard['runs'][number]> {
  const { length } = heard.runs;
  await until(() => expect(heard.runs.length).toBeGreaterThan(length), { everyMs: 10 });
  await setLink(scene, mtu);
  const changedAt = Date.now();
  const after = () => heard.runs.find(({ at }) => Date.parse(at) >= changedAt);
  await until(() => expect(after()).toBeDefined(), { everyMs: 10 });
  const run = after() as Heard['runs'][number];
  expect(Date.parse(run.at) - changedAt).toBeLessThan(INTERVAL_MS + LATE_MS);
  return run;
}

const kindsOf = (events: readonly Pick<ServiceEvent, 'kind'>[]): EventKind[] => events.map(({ kind }) => kind);

async function expectStep(watch: Watching, { mtu, verdict }: Step): Promise<void> {
  const isReady = verdict === 'clear';
  const known = { pathMtu: mtu };
  const path = await watch.path();
  expect(path).toMatchObject({ judgement: { verdict, forward: known, reverse: known }, maskedSince: null });
  expect(path.holdForwardAbove).toBe(isReady ? null : mtu);
  expect(path.judgement?.reverse).toMatchObject({ exact: true, behaviour: isReady ? 'clear' : 'silent' });

  const { status, body } = await watch.ask('/readyz');
  expect(status).toBe(isReady ? 200 : 503);
  const reasons = isReady ? [] : [expect.stringContaining(`${TARGET} (10.0.3.2): black-hole since `)];
  expect(JSON.parse(body)).toEqual({ ready: isReady, pending: false, reasons });

  const metrics = await watch.metrics();
  const labels = { target: TARGET, address: '10.0.3.2', transport: 'tcp' };
  for (const each of ['clear', 'black-hole', 'reduced', 'inconclusive']) {
    expect(sampleOf(metrics, 'mtu_probe_verdict', { ...labels, verdict: each })).toBe(each === verdict ? 1 : 0);
  }
  for (const direction of ['forward', 'reverse']) {
    expect(sampleOf(metrics, 'mtu_probe_path_mtu_bytes', { ...labels, direction })).toBe(mtu);
  }
  expect(sampleOf(metrics, 'mtu_probe_ready', {})).toBe(isReady ? 1 : 0);
}

/** What was lost and what arrived, in both reports: a change can be checked by whoever is told of it. */
function expectEvidence({ before, after }: ServiceEvent): void {
  expect(before?.verdict).toBe('clear');
  expect(reverse(before)).toContainEqual(expect.objectContaining({ size: 1500, outcome: 'arrived' }));
  expect(after?.verdict).toBe('black-hole');
  expect(reverse(after)).toContainEqual(expect.objectContaining({ size: 1451, outcome: 'missing' }));
  expect(reverse(after)).toContainEqual(expect.objectContaining({ size: 1450, outcome: 'arrived' }));
}

function reverse(turn: Turn | null): Evidence[] {
  return turn?.report.evidence.filter(({ direction }) => direction === 'reverse') ?? [];
}

/** The same events over every way out, each once and in order. */
async function expectEvents(watch: Watching, heard: Heard, kinds: readonly EventKind[]): Promise<void> {
  const kept = await watch.events();
  expect(kindsOf(kept)).toEqual(kinds);
  expect(kept.map(({ id }) => id)).toEqual([...kept.keys()].map((index) => index + 1));
  await until(() => expect(heard.events).toHaveLength(kept.length));
  expect(heard.events.map(({ cameAt: _, ...event }) => event)).toEqual(kept);
}

async function expectDeliveries(deliveries: readonly Delivery[], events: readonly ServiceEvent[]): Promise<void> {
  const notified = events.filter(({ kind }) => NOTIFIED.includes(kind));
  await until(() => expect(deliveries).toHaveLength(notified.length));
  expect(deliveries.map(({ event: { id, kind } }) => ({ id, kind }))).toEqual(
    notified.map(({ id, kind }) => ({ id, kind })),
  );
  expect(deliveries.every(({ isGenuine }) => isGenuine)).toBe(true);
}

/** A list that is never loaded anew. */
async function openList(watch: Watching) {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const complaints: string[] = [];
  const page: Page = await openPage(browser, await watch.origin(), '/', (complaint) => complaints.push(complaint));
  await page.evaluate('window.isTheSame = true');
  const row = page.locator('#rows tr');
  const shows = async ({ badge, mtu }: Pick<Step, 'badge' | 'mtu'>): Promise<void> => {
    await row.filter({ has: page.locator('.badge').getByText(badge, { exact: true }), hasText: `${mtu}` }).waitFor();
    expect(await row.count()).toBe(1);
    expect(await page.evaluate('window.isTheSame')).toBe(true);
    expect(complaints).toEqual([]);
  };
  return { shows };
}

describe('a path that breaks, changes and heals', () => {
  it.each([
    ['root', []],
    ['nobody', NOBODY],
  ] as const)('is the same story everywhere, measured by %s', { timeout: LIMIT_MS }, async (_, as) => {
    const { scene, watch, heard, hook } = await open(as);
    const list = await openList(watch);
    await list.shows({ badge: 'clear', mtu: 1500 });
    const told = [...BEFORE];
    await expectEvents(watch, heard, told);
    for (const step of STEPS) {
      const run = await change(scene, heard, step.mtu);
      told.push(...step.kinds);
      await expectStep(watch, step);
      await list.shows(step);
      await expectEvents(watch, heard, told);
      await expectDeliveries(hook.deliveries, heard.events);
      const teller = heard.events.findLast(({ kind }) => kind === 'verdict-changed' || kind === 'path-mtu-changed');
      expect(teller?.at).toBe(run.at);
      if (step.mtu === 1450 && teller !== undefined) expectEvidence(teller);
      if (step.verdict === 'black-hole') await expectNothingLarger(scene, heard, step.mtu);
    }
    expect(kindsOf(hook.deliveries.map(({ event }) => event))).toEqual(NOTIFIED);
    const { slots } = await watch.target(TARGET);
    expect(slots).toMatchObject({ missed: 0, cut: 0, failed: 0 });
  });
});

/** While a hole on the way back is known: what this host would be told of it would hide it. */
async function expectNothingLarger(scene: Scene, heard: Heard, known: number): Promise<void> {
  const before = await sentAbove(scene, known);
  const { length } = heard.runs;
  await until(() => expect(heard.runs.length).toBeGreaterThanOrEqual(length + 2), { everyMs: 10 });
  expect(await sentAbove(scene, known)).toBe(before);
}

describe('what this host remembers', () => {
  it('hides a path from later runs, and the last verdict stands', { timeout: LIMIT_MS }, async () => {
    const scene = await Scene.open('told');
    const watch = await Watching.start(scene, { host: 'C', args: WATCHED });
    const heard = await watch.news();
    const reduced = { verdict: 'reduced', forward: { pathMtu: 1400 }, reverse: { pathMtu: 1400 } };
    await until(() => expect(kindsOf(heard.events)).toContain('masked'));
    const first = await watch.path();
    expect(first).toMatchObject({ judgement: reduced, last: { masked: true } });
    expect(first.maskedSince).not.toBeNull();
    const labels = { target: TARGET };
    const masked = await watch.metrics();
    expect(sampleOf(masked, 'mtu_probe_masked', labels)).toBe(1);
    expect(sampleOf(masked, 'mtu_probe_verdict', { ...labels, verdict: 'reduced' })).toBe(1);
    expect((await watch.ask('/readyz')).status).toBe(200);

    await scene.run('C', 'ip', 'route', 'flush', 'cache');
    await until(() => expect(kindsOf(heard.events)).toContain('unmasked'));
    expect(kindsOf(heard.events).slice(0, 5)).toEqual(['started', 'path-found', 'ready', 'masked', 'unmasked']);
    const unmasked = heard.events.find(({ kind }) => kind === 'unmasked');
    const judged = (await watch.path()).judgement;
    expect(judged).toMatchObject({ ...reduced, since: first.judgement?.since });
    expect(Date.parse(judged?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(unmasked?.at ?? ''));
    expect(kindsOf(heard.events)).not.toContain('verdict-changed');
  });
});
