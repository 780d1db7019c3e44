import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type LoadedWatchOptions, loadWatchOptions } from '../../../../src/config/watch/load.ts';
import { printedConfiguration } from '../../../../src/config/watch/print.ts';
import { configuration } from './configurations.ts';
import { loaded, outside } from './outside.ts';

describe('config print', () => {
  it('says where each value comes from', async () => {
    const files = outside({ 'mtu-probe.yaml': 'targets:\n- a\n- target: b\n  labels: {team: 7}\nhistory: x.db\n' });
    const all = await loadWatchOptions({ interval: '5s', gating: false }, { MTU_PROBE_JITTER: '1s' }, files);
    expect(printedConfiguration(all)).toBe(
      [
        'targets:',
        '  - a # mtu-probe.yaml:2',
        '  - target: b # mtu-probe.yaml:3',
        '    labels:',
        '      team: "7" # mtu-probe.yaml:4',
        'interval: 5s # --interval',
        'jitter: 1s # MTU_PROBE_JITTER',
        'gating: false # --no-gating',
        'timeout: 20s # default',
        'failOn: delayed # default',
        'method: auto # default',
        'ipv4: false # default',
        'ipv6: false # default',
        'firstAddress: false # default',
        'flushCache: false # default',
        'gentle: false # default',
        'concurrency: 4 # default',
        'listen: 127.0.0.1:9482 # default',
        'logLevel: info # default',
        'history:',
        '  path: x.db # mtu-probe.yaml:5',
        '  keepSuccesses: 7d # default',
        '  keepFailures: 90d # default',
        '  maxSize: 256MB # default',
        'responder: false # default',
        '',
      ].join('\n'),
    );
  });

  it('quotes what YAML would take for something else', async () => {
    const yaml = 'targets: ["a b", "null"]\ntokenFile: "#x: y"\nsecretFile: "*z"\n';
    expect((await loaded(printedConfiguration(await loaded(yaml)))).options).toEqual((await loaded(yaml)).options);
  });

  it('is a file that means the same, whatever was given and by whom', async () => {
    await fc.assert(
      fc.asyncProperty(configuration(), async ({ file, env, typed }) => {
        const first = await loadWatchOptions(typed, env, outside({ 'mtu-probe.yaml': stringify(file) }));
        const again = await loaded(printedConfiguration(first));
        expect(again.options).toEqual(first.options);
        expect(withoutPlaces(again)).toBe(withoutPlaces(first));
      }),
      { numRuns: 300 },
    );
  });
});

function withoutPlaces(all: LoadedWatchOptions): string {
  return printedConfiguration(all).replaceAll(/ # (mtu-probe\.yaml:\d+|-\S+|MTU_PROBE_\w+|default)$/gm, '');
}
