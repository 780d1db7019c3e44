/** A real Prometheus asks the service itself while a path breaks and heals: the shipped rules say so. */

import { writeFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { hurried, startPrometheus } from '../../service/prometheus.ts';
import { document } from '../../unit/docs/documents.ts';
import { setLink, silenceServersRouter, TARGET } from './path.ts';
import { Scene, until } from './scene.ts';
import { Watching } from './watching.ts';

const LIMIT_MS = 90_000;
const TOKEN = 'a-token-of-the-scrape';
const RULES = document('deploy/prometheus/mtu-probe.rules.yml');

it('a black hole is an alert as long as it lasts', { timeout: LIMIT_MS }, async () => {
  const scene = await Scene.open('clear');
  await silenceServersRouter(scene);
  writeFileSync(scene.path('token'), TOKEN);
  const args = ['--target', TARGET, '-4', '--interval', '2s', '--token-file', scene.path('token')];
  const watch = await Watching.start(scene, { host: 'C', args, token: TOKEN });
  const targetUrl = `${await watch.origin()}/metrics`;
  const prometheus = await startPrometheus({ targetUrl, rules: hurried(RULES), token: TOKEN });
  onTestFinished(() => prometheus.stop());
  const firing = async () => {
    const alerts = await prometheus.alerts();
    return alerts.filter(({ labels, state }) => labels['alertname'] === 'MtuProbeBlackHole' && state === 'firing');
  };
  const seen = async (verdict: string): Promise<void> =>
    expect(await prometheus.query(`mtu_probe_verdict{verdict="${verdict}"} == 1`)).toHaveLength(1);

  await until(() => seen('clear'));
  expect(await firing()).toEqual([]);

  await setLink(scene, 1450);
  await until(async () => expect(await firing()).toHaveLength(1), { withinMs: 20_000 });
  const [alert] = await firing();
  expect(alert?.labels).toMatchObject({
    severity: 'critical',
    target: TARGET,
    address: '10.0.3.2',
    direction: 'reverse',
  });
  expect(alert?.annotations['description']).toContain('larger than 1450 bytes never arrive');

  await setLink(scene, 1500);
  await until(
    async () => {
      await seen('clear');
      expect(await firing()).toEqual([]);
    },
    { withinMs: 20_000 },
  );
});
