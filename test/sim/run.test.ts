import { describe, expect, it } from 'vitest';
import type { RunOptions } from '../../src/config/options.ts';
import { NoRouteError, ResolveError, UsageError } from '../../src/errors.ts';
import { type RunDeps, run } from '../../src/run.ts';
import { NO_SURROUNDINGS } from '../../src/surroundings.ts';
import { simulate } from './network/channels.ts';
import { MEASURE_DEFAULTS } from './network/measure.ts';
import { VirtualClock } from './network/virtual-clock.ts';

const OPTIONS: RunOptions = {
  targets: ['example.org'],
  holds: {},
  resolve: {
    families: [4, 6],
    familyAsked: false,
    firstAddress: false,
    port: null,
    serverName: null,
    path: null,
    interface: null,
    source: null,
  },
  measure: MEASURE_DEFAULTS,
  expectMtu: null,
  flushCache: false,
  failOn: 'delayed',
  environment: null,
};

function depsOf(clock: VirtualClock, resolve: RunDeps['resolve'], channels = simulate({}, clock).channels): RunDeps {
  const openRoute = async () => ({ remove: () => undefined });
  const wallClock = () => new Date(0);
  const surroundings = () => NO_SURROUNDINGS;
  return {
    resolve,
    channels,
    openRoute,
    turn: async () => () => undefined,
    clock,
    wallClock,
    surroundings,
    version: '1.2.3',
    onProgress: null,
    log: null,
  };
}

async function runWith(
  resolve: (clock: VirtualClock) => Partial<RunDeps>,
  options = OPTIONS,
  signal = new AbortController().signal,
) {
  const clock = new VirtualClock();
  const world = simulate({}, clock);
  const deps = depsOf(clock, async () => ({ paths: [world.target], skipped: [] }), world.channels);
  return clock.until(run(options, { ...deps, ...resolve(clock) }, signal));
}

describe('run', () => {
  it('reports every path and when it began', async () => {
    const report = await runWith(() => ({}));
    expect(report).toMatchObject({
      schemaVersion: 1,
      version: '1.2.3',
      startedAt: '1970-01-01T00:00:00.000Z',
      verdict: 'clear',
    });
    expect(report.paths.map(({ address }) => address)).toEqual(['198.51.100.70']);
  });

  it.each([new ResolveError('no such name'), new NoRouteError('no way there')])(
    'reports what %s says as skipped',
    async (error) => {
      const report = await runWith(() => ({ resolve: () => Promise.reject(error) }));
      expect(report).toMatchObject({
        verdict: 'inconclusive',
        paths: [],
        skipped: [{ target: 'example.org', address: null, reason: error.message }],
      });
    },
  );

  it('leaves a mistake of the user to the user', async () => {
    await expect(runWith(() => ({ resolve: () => Promise.reject(new UsageError('no')) }))).rejects.toThrow(UsageError);
  });

  it('keeps the order of the targets, and the other ones when one is unknown', async () => {
    const clock = new VirtualClock();
    const world = simulate({}, clock);
    const resolve: RunDeps['resolve'] = async (target) => {
      if (target === 'unknown.invalid') throw new ResolveError(`${target} has no address`);
      return { paths: [{ ...world.target, target }], skipped: [] };
    };
    const deps = depsOf(clock, resolve, { ...world.channels, tcp: (path) => simulate({}, clock).channels.tcp(path) });
    const targets = ['b.example', 'unknown.invalid', 'a.example'];
    const report = await clock.until(run({ ...OPTIONS, targets }, deps, new AbortController().signal));
    expect(report.paths.map(({ target }) => target)).toEqual(['b.example', 'a.example']);
    expect(report.skipped).toHaveLength(1);
    expect(report.verdict).toBe('inconclusive');
  });

  it('ends at once when it is interrupted, with what it has', async () => {
    const controller = new AbortController();
    controller.abort();
    const report = await runWith(() => ({}), OPTIONS, controller.signal);
    expect(report.paths[0]?.findings.map(({ code }) => code)).toContain('timed-out');
  });

  it('sends nothing to an address of this host', async () => {
    const report = await runWith((clock) => {
      const world = simulate({}, clock);
      const refuse = (): never => {
        throw new Error('nothing is to be sent');
      };
      return {
        resolve: async () => ({ paths: [{ ...world.target, local: true }], skipped: [] }),
        openRoute: async () => ({ remove: () => undefined }),
        channels: {
          tcp: refuse,
          datagram: refuse,
          udpService: refuse,
          scout: refuse,
          responder: refuse,
          farEnd: refuse,
        },
      };
    });
    expect(report.paths[0]).toMatchObject({
      verdict: 'clear',
      forward: { pathMtu: 1500, exact: true },
      findings: [{ code: 'local' }],
      cost: { packets: 0, connections: 0 },
    });
  });
});
