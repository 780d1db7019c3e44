/** How a service that is watching ends, is changed, and keeps its time. */

import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { EventKind, ServiceEvent } from '../../../src/service/contract.ts';
import { requireValid } from '../../report-schema.ts';
import { COMMAND } from '../lab.ts';
import { TARGET } from './path.ts';
import { Scene, until } from './scene.ts';
import { sampleOf, Watching } from './watching.ts';

const LIMIT_MS = 90_000;
/** Nothing answers there, and nothing refuses: a run of it takes as long as it may. */
const HANGING = `http://${TARGET}:81/`;

async function open(): Promise<Scene> {
  const scene = await Scene.open('clear');
  const rule = 'table inet deaf {\nchain in {\ntype filter hook input priority 0;\ntcp dport 81 drop\n}\n}';
  await scene.script('S', `nft -f - <<'END'`, rule, 'END');
  return scene;
}

const kindsOf = (events: readonly ServiceEvent[]): EventKind[] => events.map(({ kind }) => kind);

describe('the end', () => {
  it('comes within five seconds of SIGTERM, whatever is under way, and nothing is lost', {
    timeout: LIMIT_MS,
  }, async () => {
    const scene = await open();
    const history = ['--history', scene.path('history.db')];
    const args = ['--target', TARGET, '--target', HANGING, '-4', '--interval', '10m', ...history];
    const watch = await Watching.start(scene, { host: 'C', args });
    await until(async () => {
      expect((await watch.target(TARGET)).slots.completed).toBe(1);
      expect((await watch.target(HANGING)).slots.running).toBe(1);
    });
    const before = await watch.events();
    const toldAt = Date.now();
    watch.running.kill('SIGTERM');
    expect(await watch.running.ended).toEqual({ code: 0, signal: null });
    expect(Date.now() - toldAt).toBeLessThan(5000);

    const again = await Watching.start(scene, { host: 'C', args: ['--target', TARGET, ...args.slice(4)], port: 9483 });
    const events = await again.events();
    expect(events.slice(0, before.length)).toEqual(before);
    expect(kindsOf(events)[before.length]).toBe('stopped');
    expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
    expect(await again.path()).toMatchObject({ target: TARGET, judgement: { verdict: 'clear' } });
  });

  it('by SIGKILL loses nothing that was told, and the next start goes on', { timeout: LIMIT_MS }, async () => {
    const scene = await open();
    const args = ['--target', TARGET, '-4', '--interval', '1s', '--history', scene.path('history.db')];
    const watch = await Watching.start(scene, { host: 'C', args });
    await until(async () => expect((await watch.target(TARGET)).slots.completed).toBeGreaterThan(1));
    const before = await watch.events();
    const { firstSeenAt, id } = await watch.path();
    watch.running.kill('SIGKILL');
    await watch.running.ended;
    const again = await Watching.start(scene, { host: 'C', args, port: 9483 });
    const events = await again.events();
    expect(events.slice(0, before.length)).toEqual(before);
    expect(kindsOf(events.slice(before.length))).not.toContain('path-found');
    expect(await again.path()).toMatchObject({ firstSeenAt, id });
  });

  it.each([
    ['ready', ['--target', TARGET], 0],
    ['proved not to be', ['--target', TARGET, '--fail-on', 'clear'], 1],
    ['not known in time', ['--target', HANGING, '--ready-within', '3s'], 3],
  ] as const)('is the answer to whoever waits: %s', { timeout: LIMIT_MS }, async (_, args, code) => {
    const scene = await open();
    const words = [COMMAND, 'watch', ...args, '-4', '--interval', '10m', '--once-ready', '--format', 'json'];
    const running = scene.start('C', process.execPath, ...words);
    expect(await running.ended).toEqual({ code, signal: null });
    requireValid(JSON.parse(running.stdout));
  });

  it('may leave one report', { timeout: LIMIT_MS }, async () => {
    const scene = await open();
    const args = ['--target', TARGET, '-4', '--interval', '1s', '--until-signal', '--format', 'json'];
    const watch = await Watching.start(scene, { host: 'C', args });
    await until(async () => expect((await watch.target(TARGET)).slots.completed).toBeGreaterThan(1));
    watch.running.kill('SIGTERM');
    expect(await watch.running.ended).toEqual({ code: 0, signal: null });
    const report: unknown = JSON.parse(watch.running.stdout);
    requireValid(report);
    expect(report).toMatchObject({ verdict: 'clear', paths: [{ target: TARGET, verdict: 'clear' }], skipped: [] });
  });
});

describe('a new configuration', () => {
  it('takes effect by itself or by SIGHUP, and keeps what is known; a bad one does not', {
    timeout: LIMIT_MS,
  }, async () => {
    const scene = await open();
    const file = configMap(scene, 'one', [TARGET]);
    const watch = await Watching.start(scene, { host: 'C', args: ['--config', file] });
    await until(async () => expect((await watch.path()).judgement?.verdict).toBe('clear'));
    const { firstSeenAt } = await watch.path();

    configMap(scene, 'two', [TARGET, '10.0.3.2:80']);
    await until(async () => expect((await watch.overview()).paths).toHaveLength(2));
    const { paths } = await watch.overview();
    expect(paths.find(({ target }) => target === TARGET)?.firstSeenAt).toBe(firstSeenAt);

    configMap(scene, 'three', [TARGET, 'http://']);
    watch.running.kill('SIGHUP');
    await until(async () => expect(kindsOf(await watch.events())).toContain('reload-refused'));
    const refused = (await watch.events()).find(({ kind }) => kind === 'reload-refused');
    expect(refused?.summary).toMatch(/^the configuration before stays in force: .*http:\/\//);
    expect((await watch.overview()).targets.map(({ target }) => target)).toEqual([TARGET, '10.0.3.2:80']);
    const metrics = await watch.metrics();
    expect(sampleOf(metrics, 'mtu_probe_config_reloads_total', { result: 'accepted' })).toBe(1);
    expect(sampleOf(metrics, 'mtu_probe_config_reloads_total', { result: 'refused' })).toBeGreaterThanOrEqual(1);

    configMap(scene, 'four', [TARGET]);
    watch.running.kill('SIGHUP');
    await until(async () => expect((await watch.overview()).targets).toHaveLength(1));
    expect(kindsOf(await watch.events())).toContain('path-gone');
  });
});

/** As Kubernetes does it: a file behind a link to a link, and the first one is replaced. */
function configMap(scene: Scene, version: string, targets: readonly string[]): string {
  mkdirSync(scene.path(version));
  const lines = ['interval: 10m', 'ipv4: true', 'targets:', ...targets.map((target) => `  - "${target}"`), ''];
  writeFileSync(scene.path(`${version}/mtu-probe.yaml`), lines.join('\n'));
  symlinkSync(version, scene.path('..data_tmp'));
  renameSync(scene.path('..data_tmp'), scene.path('..data'));
  return scene.path('..data/mtu-probe.yaml');
}

describe('slots', () => {
  it('that come while a run hangs are missed and counted, and it is cut in time', { timeout: LIMIT_MS }, async () => {
    const scene = await open();
    const args = ['--target', HANGING, '-4', '--interval', '1s', '--timeout', '3s', '--method', 'tcp'];
    const watch = await Watching.start(scene, { host: 'C', args });
    const atOnce: number[] = [];
    const seenUntil = Date.now() + 9500;
    while (Date.now() < seenUntil) {
      const { slots } = await watch.target(HANGING);
      const { due, ...became } = slots;
      expect(Object.values(became).reduce((sum, count) => sum + count, 0)).toBe(due);
      atOnce.push(slots.running + slots.waiting);
      await sleep(250);
    }
    expect(Math.max(...atOnce)).toBe(1);
    const { slots, lastDurationMs } = await watch.target(HANGING);
    expect(slots.missed).toBeGreaterThanOrEqual(3);
    expect(slots.cut + slots.completed).toBeGreaterThanOrEqual(2);
    expect(lastDurationMs).toBeLessThan(3000 + 2000);
    const metrics = await watch.metrics();
    expect(sampleOf(metrics, 'mtu_probe_slots_total', { outcome: 'missed' })).toBeGreaterThanOrEqual(slots.missed);
    // Once for each run that was too long, and not for each slot.
    const said = kindsOf(await watch.events()).filter((kind) => kind === 'slot-missed').length;
    expect(said).toBeLessThanOrEqual(slots.cut + slots.completed + 1);
    expect(said).toBeLessThan(slots.missed);
  });
});
