import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract.ts';
import { FORMATTERS } from '../../src/report/index.ts';
import { requireValid } from '../report-schema.ts';
import { reportFrom, SPITE } from '../unit/report/hostile-report.ts';
import { DEFAULT_CONTEXT, SCENARIOS } from '../unit/report/scenarios.ts';
import { COMMAND, type Ended, ended, mtuProbe } from './command.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtu-probe-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('--report', () => {
  it('writes as many formats as are asked for, beside the one on stdout', async () => {
    const [xml, prom, json] = [join(folder, 'report.xml'), join(folder, 'mtu.prom'), join(folder, 'report.json')];
    const reports = ['--report', `junit=${xml}`, '--report', `prometheus=${prom}`, '--report', `json=${json}`];
    const { exitCode, stdout, stderr } = await mtuProbe('run', '--target', '127.0.0.1', ...reports);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^clear {2}127\.0\.0\.1\n/);
    expect(readFileSync(xml, 'utf8')).toMatch(/^<\?xml .*\n<testsuites name="mtu-probe" tests="2" failures="0"/);
    expect(promtool(readFileSync(prom, 'utf8'))).toEqual({ status: 0, said: '' });
    requireValid(JSON.parse(readFileSync(json, 'utf8')) as Report);
    expect(readdirSync(folder).sort()).toEqual(['mtu.prom', 'report.json', 'report.xml']);
  });
});

describe('the step summary of GitHub', () => {
  it('is added to what is there, where GitHub is asked for', async () => {
    const summary = join(folder, 'summary.md');
    writeFileSync(summary, 'earlier\n');
    const { exitCode, stdout, stderr } = await inStep(summary, '--format', 'github');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^::notice title=mtu-probe%3A clear::127\.0\.0\.1 \(127\.0\.0\.1\): .*\n$/);
    expect(readFileSync(summary, 'utf8')).toMatch(/^earlier\n## mtu-probe: clear\n\n\| verdict \|/);
    expect(readdirSync(folder)).toEqual(['summary.md']);
  });

  it('is left alone by other formats', async () => {
    const summary = join(folder, 'summary.md');
    writeFileSync(summary, '');
    await inStep(summary, '--format', 'markdown');
    expect(readFileSync(summary, 'utf8')).toBe('');
  });

  it('is looked at before anything is sent', async () => {
    const summary = join(folder, 'none', 'summary.md');
    const report = join(folder, 'annotations');
    const { exitCode, stdout, stderr } = await inStep(summary, '--report', `github=${report}`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^mtu-probe: GITHUB_STEP_SUMMARY .* cannot be written \(ENOENT\): /);
  });
});

describe('Prometheus takes the metrics', () => {
  it.each(SCENARIOS)('of $name', async ({ report }) => {
    expect(promtool(await metrics(report))).toEqual({ status: 0, said: '' });
  });

  it('with names that want to be more than names', async () => {
    const reports = SPITE.map((text) => reportFrom(`a${text}b`));
    const all = {
      ...reportFrom('a'),
      paths: reports.flatMap(({ paths }) => paths),
      skipped: reports.flatMap(({ skipped }) => skipped),
    };
    expect(promtool(await metrics(all))).toEqual({ status: 0, said: '' });
  });
});

async function metrics(report: Report): Promise<string> {
  return (await FORMATTERS.prometheus())(report, DEFAULT_CONTEXT);
}

/** It parses, and complains about names that go against the conventions. */
function promtool(text: string): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

function inStep(summary: string, ...args: readonly string[]): Promise<Ended> {
  const run = [process.execPath, COMMAND, 'run', '--target', '127.0.0.1', ...args];
  return ended(['env', `GITHUB_STEP_SUMMARY=${summary}`, ...run]);
}
