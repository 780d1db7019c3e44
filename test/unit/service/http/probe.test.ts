import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../../src/contract.ts';
import { of } from '../../../service/made-up-paths.ts';
import { MadeUpService } from '../../../service/made-up-service.ts';
import { CLEAR, EXPLAINED, MASKED, REDUCED, reportOf } from '../../report/reports.ts';
import { opened } from './opened.ts';

async function asked(view: MadeUpService, target: string, headers: Readonly<Record<string, string>> = {}) {
  const { app } = await opened(view);
  return app.inject({ url: '/probe', query: { target }, headers });
}

function success(body: string): string | undefined {
  return /^mtu_probe_success (\d)$/m.exec(body)?.[1];
}

describe('/probe', () => {
  it.each([
    { target: 'rubygems.org', report: reportOf('clear', [CLEAR]), expected: '1' },
    { target: 'rubygems.org', report: reportOf('black-hole', [EXPLAINED]), expected: '0' },
    { target: 'rubygems.org', report: reportOf('reduced', [REDUCED]), expected: '0' }, // it is held to 1500
    { target: 'vpn.example', report: reportOf('reduced', [of('vpn.example', '192.0.2.20', REDUCED)]), expected: '1' },
    { target: 'mirror.example', report: reportOf('inconclusive', [MASKED]), expected: '0' },
    { target: 'mirror.example', report: reportOf('inconclusive', []), expected: '0' },
  ])('of $target that is $report.verdict: $expected', async ({ target, report, expected }) => {
    const view = new MadeUpService();
    view.setProbe(async () => report);
    const { statusCode, headers, body } = await asked(view, target);
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(success(body)).toBe(expected);
    expect(body.includes('mtu_probe_verdict{')).toBe(report.paths.length > 0);
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: body, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('measures what is allowed, and nothing else', async () => {
    const view = new MadeUpService();
    view.setAllowed(['allowed.example']);
    view.setProbe(async () => reportOf('clear', [of('allowed.example', '192.0.2.9', CLEAR)]));
    expect((await asked(view, 'allowed.example')).statusCode).toBe(200);
    const refused = await asked(view, 'other.example');
    expect([refused.statusCode, refused.json().error]).toEqual([400, 'unknown-target']);
    expect(refused.body).not.toContain('other.example');
    expect(view.probed.map(({ target }) => target)).toEqual(['allowed.example']);
  });

  it('is done before Prometheus gives up', async () => {
    const view = new MadeUpService();
    await asked(view, 'rubygems.org', { 'x-prometheus-scrape-timeout-seconds': '10' });
    await asked(view, 'rubygems.org', { 'x-prometheus-scrape-timeout-seconds': '1000' });
    await asked(view, 'rubygems.org');
    expect(view.probed.map(({ waitMs }) => waitMs)).toEqual([9500, 60_000, 60_000]);
    const refused = await asked(view, 'rubygems.org', { 'x-prometheus-scrape-timeout-seconds': 'soon' });
    expect(refused.statusCode).toBe(400);
  });

  it('is no success when the run takes longer', async () => {
    const view = new MadeUpService();
    view.setProbe(() => new Promise<Report>(() => {}));
    const { statusCode, body } = await asked(view, 'rubygems.org', { 'x-prometheus-scrape-timeout-seconds': '0.6' });
    expect([statusCode, success(body)]).toEqual([200, '0']);
    expect(body).not.toContain('mtu_probe_verdict');
  });

  it('says when to come back where no turn is free', async () => {
    const view = new MadeUpService();
    view.beBusy();
    const { statusCode, headers, body } = await asked(view, 'rubygems.org', {
      'x-prometheus-scrape-timeout-seconds': '5',
    });
    expect([statusCode, headers['retry-after'], JSON.parse(body).error]).toEqual([503, '5', 'busy']);
  });

  it('is not for pages of other sites, and not for HEAD', async () => {
    const view = new MadeUpService();
    expect((await asked(view, 'rubygems.org', { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    const { app } = await opened(view);
    const head = await app.inject({ method: 'HEAD', url: '/probe?target=rubygems.org' });
    expect(head.statusCode).toBe(405);
    expect(view.probed).toEqual([]);
  });

  it('is not asked more often than twice a second', async () => {
    const { app } = await opened();
    const statuses = [];
    for (let index = 0; index < 121; index += 1) {
      statuses.push((await app.inject('/probe?target=rubygems.org')).statusCode);
    }
    expect([statuses.at(-2), statuses.at(-1)]).toEqual([200, 429]);
  });
});
