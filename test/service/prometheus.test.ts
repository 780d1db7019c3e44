/** The shipped rules in a real Prometheus, over metrics as the program writes them. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { formatPrometheus } from '../../src/report/prometheus.ts';
import { document } from '../unit/docs/documents.ts';
import { BLACK_HOLE, CLEAR, reportOf } from '../unit/report/reports.ts';
import { type Alert, hurried, startPrometheus } from './prometheus.ts';

const RULES = document('deploy/prometheus/mtu-probe.rules.yml');
const ALL_CLEAR = formatPrometheus(reportOf('clear', [CLEAR]));
const BROKEN = formatPrometheus(reportOf('black-hole', [BLACK_HOLE]));

/** Each step takes two scrapes and two evaluations; a busy machine may need more. */
const soon = { timeout: 20_000, interval: 100 };

it('a black hole is an alert, with words for whoever waits for a job, until it is over', async () => {
  let text = ALL_CLEAR;
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/plain; version=0.0.4').end(text),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stopServer = (): void => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(stopServer);
  const targetUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  const prometheus = await startPrometheus({ targetUrl, rules: hurried(RULES) });
  onTestFinished(() => prometheus.stop());
  const firing = async (name: string): Promise<Alert[]> =>
    (await prometheus.alerts()).filter(({ labels, state }) => labels['alertname'] === name && state === 'firing');
  const seen = async (verdict: string): Promise<void> => {
    const series = await prometheus.query(`mtu_probe_verdict{verdict="${verdict}"} == 1`);
    expect(series.map(({ metric }) => metric['target'])).toEqual(['rubygems.org']);
  };

  await vi.waitFor(() => seen('clear'), soon);
  expect(await firing('MtuProbeBlackHole')).toEqual([]);

  text = BROKEN;
  await vi.waitFor(async () => {
    const [alert, ...others] = await firing('MtuProbeBlackHole');
    expect(others).toEqual([]);
    expect(alert?.labels).toMatchObject({ severity: 'critical', target: 'rubygems.org', direction: 'reverse' });
    expect(alert?.annotations['summary']).toBe('Downloads from rubygems.org hang: large packets vanish');
    expect(alert?.annotations['description']).toContain('larger than 1450 bytes never arrive');
  }, soon);

  text = ALL_CLEAR;
  await vi.waitFor(async () => {
    await seen('clear');
    expect(await firing('MtuProbeBlackHole')).toEqual([]);
  }, soon);

  stopServer();
  await vi.waitFor(async () => expect(await firing('MtuProbeDown')).toHaveLength(1), soon);
});

it('a Prometheus that cannot start says why', async () => {
  const broken = startPrometheus({ targetUrl: 'http://127.0.0.1:1/metrics', rules: 'groups: 7' });
  await expect(broken).rejects.toThrow(/Prometheus did not come up: .*rules\.yml/s);
});
