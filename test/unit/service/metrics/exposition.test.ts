import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../../src/contract.ts';
import { printable } from '../../../../src/report/printable.ts';
import { exposition } from '../../../../src/service/metrics/exposition.ts';
import {
  CLEAR_PATH,
  FIRST_SEEN,
  HOLE_PATH,
  HOSTILE_NAME,
  MADE_UP_PATHS,
  MADE_UP_TARGETS,
  MASKED_PATH,
  pathOf,
  targetOf,
  UNJUDGED_PATH,
} from '../../../service/made-up-paths.ts';
import { MadeUpService } from '../../../service/made-up-service.ts';
import { HOSTILE, reportFrom } from '../../report/hostile-report.ts';
import { scraped } from './scrape.ts';

/** Values of one metric, by those labels that are named. */
async function values(view: MadeUpService, name: string, labels: Readonly<Record<string, string>>): Promise<number[]> {
  const { series } = scraped(await exposition(view));
  const fits = (found: Record<string, string>): boolean =>
    Object.entries(labels).every(([label, value]) => found[label] === value);
  return series.filter((entry) => entry.name === name && fits(entry.labels)).map(({ value }) => value);
}

describe('a scrape', () => {
  it('is without blemish to promtool', async () => {
    const input = await exposition(new MadeUpService());
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('has every series once', async () => {
    const { series } = scraped(await exposition(new MadeUpService()));
    const names = series.map(({ name, labels }) => name + JSON.stringify(labels));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('keeps what names say, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(HOSTILE, async (text) => {
        const { paths } = reportFrom(text) as Report & { paths: [Report['paths'][number]] };
        const path = pathOf(paths[0]);
        const view = new MadeUpService([targetOf(text, [path], { labels: { team: text, [text]: 'x' } })], [path]);
        const { series } = scraped(await exposition(view));
        expect(series.find(({ name }) => name === 'mtu_probe_target_info')?.labels).toMatchObject({
          target: printable(text),
          team: printable(text),
        });
        expect(series.filter(({ name }) => name === 'mtu_probe_path_mtu_bytes')).toHaveLength(2);
      }),
      { numRuns: 100 },
    );
  });
});

describe('metrics of paths', () => {
  const of = ({ target, address }: { target: string; address: string }) => ({ target, address });

  it('say which verdict and behaviours apply, and which size is proved', async () => {
    const view = new MadeUpService();
    const hole = of(HOLE_PATH);
    expect(await values(view, 'mtu_probe_verdict', { ...hole, verdict: 'black-hole' })).toEqual([1]);
    expect(await values(view, 'mtu_probe_verdict', { ...hole, verdict: 'clear' })).toEqual([0]);
    expect(await values(view, 'mtu_probe_path_mtu_bytes', { ...hole, direction: 'reverse' })).toEqual([1450]);
    expect(await values(view, 'mtu_probe_behaviour', { ...hole, direction: 'reverse', behaviour: 'silent' })).toEqual([
      1,
    ]);
    expect(await values(view, 'mtu_probe_interface_mtu_bytes', hole)).toEqual([1500]);
    expect(await values(view, 'mtu_probe_forward_held_bytes', {})).toEqual([1450]);
  });

  it('keep what is known of a masked path', async () => {
    const view = new MadeUpService();
    const masked = of(MASKED_PATH);
    expect(await values(view, 'mtu_probe_masked', masked)).toEqual([1]);
    expect(await values(view, 'mtu_probe_masked_since_timestamp_seconds', masked)).toEqual([
      Date.parse(MASKED_PATH.maskedSince ?? '') / 1000,
    ]);
    expect(await values(view, 'mtu_probe_verdict', { ...masked, verdict: 'clear' })).toEqual([1]);
    expect(await values(view, 'mtu_probe_masked', of(CLEAR_PATH))).toEqual([0]);
    expect(await values(view, 'mtu_probe_masked_since_timestamp_seconds', of(CLEAR_PATH))).toEqual([]);
  });

  it('say no verdict of a path that was never seen without a mask', async () => {
    const view = new MadeUpService();
    expect(await values(view, 'mtu_probe_verdict', of(UNJUDGED_PATH))).toEqual([]);
    expect(await values(view, 'mtu_probe_masked', of(UNJUDGED_PATH))).toEqual([1]);
  });

  it('tell TCP and UDP to one responder apart', async () => {
    const target = 'mtu://peer.example:4821';
    const { series } = scraped(await exposition(new MadeUpService()));
    const found = series.filter(({ name, labels }) => name === 'mtu_probe_path_mtu_bytes' && labels.target === target);
    expect(found.map(({ labels: { transport, direction }, value }) => [transport, direction, value])).toEqual([
      ['tcp', 'forward', 1500],
      ['tcp', 'reverse', 1500],
      ['udp', 'forward', 1450],
      ['udp', 'reverse', 1450],
    ]);
  });

  it('go with the path', async () => {
    const view = new MadeUpService();
    expect(await exposition(view)).toContain(HOLE_PATH.address);
    view.setPaths(MADE_UP_PATHS.filter((path) => path !== HOLE_PATH));
    expect(await exposition(view)).not.toContain(HOLE_PATH.address);
  });

  it('believe the state where the report of the same run knew less', async () => {
    const judgement = CLEAR_PATH.judgement;
    if (judgement === null) throw new Error('it has one');
    const unknown = { ...judgement.report.forward, pathMtu: null, exact: false, behaviour: 'unknown' as const };
    const path = { ...CLEAR_PATH, judgement: { ...judgement, report: { ...judgement.report, forward: unknown } } };
    const view = new MadeUpService(MADE_UP_TARGETS, [path]);
    expect(await values(view, 'mtu_probe_path_mtu_bytes', { direction: 'forward' })).toEqual([1500]);
  });
});

describe('metrics of targets', () => {
  it('account for every slot', async () => {
    const view = new MadeUpService();
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
    for (const { target } of MADE_UP_TARGETS.filter(({ target: name }) => name !== HOSTILE_NAME)) {
      const [due] = await values(view, 'mtu_probe_slots_due_total', { target });
      const ended = await values(view, 'mtu_probe_slots_total', { target });
      const underWay = await values(view, 'mtu_probe_slots_under_way', { target });
      expect(sum([...ended, ...underWay])).toBe(due);
    }
  });

  it('have the configured labels, under names that Prometheus takes', async () => {
    const labels = { team: 'build', 'cost-centre': '7', target: 'mine', __name__: 'x', '9th': 'y' };
    const view = new MadeUpService([targetOf('a.example', [], { labels })], []);
    const { series } = scraped(await exposition(view));
    expect(series.find(({ name }) => name === 'mtu_probe_target_info')?.labels).toEqual({
      target: 'a.example',
      team: 'build',
      cost_centre: '7',
      label_target: 'mine',
      label___name__: 'x',
      label_9th: 'y',
    });
  });

  it('say nothing of what is not known', async () => {
    const view = new MadeUpService();
    const soon = { target: 'soon.example' };
    expect(await values(view, 'mtu_probe_duration_seconds', soon)).toEqual([]);
    expect(await values(view, 'mtu_probe_last_run_timestamp_seconds', soon)).toEqual([]);
    expect(await values(view, 'mtu_probe_target_measured', soon)).toEqual([]);
    expect(await values(view, 'mtu_probe_target_measured', { target: 'unknown.invalid' })).toEqual([0]);
    expect(await values(view, 'mtu_probe_duration_seconds', { target: 'rubygems.org' })).toEqual([0.14]);
    expect(await values(view, 'mtu_probe_expected_mtu_bytes', {})).toEqual([1500]);
  });
});

describe('metrics of the service', () => {
  it('are those of the view', async () => {
    const view = new MadeUpService();
    const counters = view.counters();
    const read = async (name: string, labels = {}): Promise<number[]> => values(view, name, labels);
    expect(await read('mtu_probe_ready')).toEqual([0]);
    expect(await read('mtu_probe_build_info', { version: view.version })).toEqual([1]);
    expect(await read('mtu_probe_probes_total')).toEqual([counters.probes]);
    expect(await read('mtu_probe_packets_sent_total')).toEqual([counters.packetsSent]);
    expect(await read('mtu_probe_bytes_sent_total')).toEqual([counters.bytesSent]);
    expect(await read('mtu_probe_connections_opened_total')).toEqual([counters.connectionsOpened]);
    expect(await read('mtu_probe_config_reloads_total', { result: 'refused' })).toEqual([1]);
    expect(await read('mtu_probe_webhook_deliveries_total', { result: 'delivered' })).toEqual([7]);
    expect(await read('mtu_probe_webhook_deliveries_pending')).toEqual([3]);
    expect(await read('mtu_probe_history_bytes')).toEqual([counters.historyBytes]);
    expect(await read('mtu_probe_start_timestamp_seconds')).toEqual([Date.parse(FIRST_SEEN) / 1000 - 1]);
    view.setReadiness({ ready: true, reasons: [], pending: false });
    view.setCounters({ ...counters, probes: 513 });
    expect([await read('mtu_probe_ready'), await read('mtu_probe_probes_total')]).toEqual([[1], [513]]);
  });
});
