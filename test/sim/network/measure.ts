/** Runs the main job over a simulated path: the same loop and the same diagnosis as over real sockets. */

import type { MeasureOptions } from '../../../src/config/options.ts';
import type { PathReport } from '../../../src/contract.ts';
import type { Progress } from '../../../src/measure/progress.ts';
import { run } from '../../../src/run.ts';
import { NO_SURROUNDINGS } from '../../../src/surroundings.ts';
import { requireValid } from '../../report-schema.ts';
import { simulate } from './channels.ts';
import type { Network } from './network.ts';
import { VirtualClock } from './virtual-clock.ts';

export const MEASURE_DEFAULTS: MeasureOptions = {
  method: 'auto',
  directions: ['forward', 'reverse'],
  minMtu: null,
  maxMtu: null,
  advertiseMtu: null,
  gentle: false,
  timeoutMs: 20_000,
  waitRecoveryMs: 0,
};

export interface Simulated {
  readonly path: PathReport;
  /** Virtual milliseconds. */
  readonly durationMs: number;
  /** `reverse 1500 1450 …`: one line per wave. */
  readonly waves: readonly string[];
  /** MTU that the client remembers afterwards. */
  readonly learnt: number | null;
}

export async function measureSimulated(
  network: Network,
  options: Partial<MeasureOptions> = {},
  /** A known black hole on the way back. */
  holdForwardAbove: number | null = null,
): Promise<Simulated> {
  const clock = new VirtualClock();
  const { channels, target, carrier } = simulate(network, clock);
  const waves: string[] = [];
  const onProgress = ({ method, sizes }: Progress): void => {
    waves.push(`${method} ${sizes.join(' ')}`);
  };
  const report = await clock.until(
    run(
      {
        targets: ['example.org'],
        holds: holdForwardAbove === null ? {} : { [target.address]: holdForwardAbove },
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
        measure: { ...MEASURE_DEFAULTS, ...options },
        flushCache: false,
        expectMtu: null,
        failOn: 'delayed',
        environment: null,
      },
      {
        resolve: async () => ({ paths: [target], skipped: [] }),
        channels,
        openRoute: async () => ({ remove: () => undefined }),
        turn: async () => () => undefined,
        clock,
        wallClock: () => new Date(0),
        surroundings: () => NO_SURROUNDINGS,
        version: '0.0.0',
        onProgress,
        log: null,
      },
      new AbortController().signal,
    ),
  );
  requireValid(JSON.parse(JSON.stringify(report)));
  const [path] = report.paths;
  if (path === undefined) throw new Error('a simulated run has one path');
  return { path, durationMs: report.durationMs, waves, learnt: carrier.learnt.client };
}
