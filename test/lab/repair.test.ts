/** From the incident to a run that is clear: by nothing but what the report says to paste. */

import { describe, expect, it } from 'vitest';
import type { Remedy, Report } from '../../src/contract.ts';
import { COMMAND, lab } from './lab.ts';

const LIMIT_MS = 60_000;
const RUN = `${process.execPath} ${COMMAND} run --target rubygems.org --format json`;
/** What a step of Drone sees of it (Drone, Environment reference). */
const DRONE = { DRONE: 'true', CI: 'true', DRONE_STAGE_TYPE: 'kubernetes', DRONE_REPO: 'starbops/blog' };

async function incident(variables: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Report[]> {
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${value}`);
  const script = [...exports, `${RUN} || true`, ...words].join('\n');
  const { exitCode, output } = await lab('enter', 'dind', '--', 'sh', '-c', script);
  expect(exitCode, output).toBe(0);
  return output.split(/^(?=\{$)/m).map((text) => JSON.parse(text) as Report);
}

function remediesOf(report: Report | undefined): readonly Remedy[] {
  return report?.paths[0]?.findings.flatMap(({ remedies }) => remedies) ?? [];
}

describe('the incident', () => {
  it('says first what to change in Drone, where it is Drone', { timeout: LIMIT_MS }, async () => {
    const [report] = await incident(DRONE);
    expect(report?.verdict).toBe('black-hole');
    expect(report?.environments[0]).toBe('drone');
    const [first] = remediesOf(report);
    expect(first).toMatchObject({ environment: 'drone', file: '.drone.yml' });
    expect(first?.snippet).toMatch(/settings:\n\s+mtu: 1450$/m);
    expect(report?.paths[0]?.findings[0]?.cause).toMatchObject({ deltaBytes: 50 });
    expect(report?.paths[0]?.findings[0]?.cause?.name).toContain('VXLAN over IPv4');
  });

  it('has it among the others, where nothing shows that it is Drone', { timeout: LIMIT_MS }, async () => {
    const [report] = await incident({});
    const places = remediesOf(report).map(({ environment }) => environment);
    expect(places.slice(0, 3)).toContain('drone');
    expect(new Set(places).size).toBe(places.length);
  });

  it('shows what is asked for first', { timeout: LIMIT_MS }, async () => {
    const { output } = await lab(
      'enter',
      'dind',
      '--',
      'sh',
      '-c',
      `export DRONE=true; ${RUN} --environment gitlab || true`,
    );
    const asked = JSON.parse(output) as Report;
    expect(asked.environments).toEqual(['gitlab']);
    expect(remediesOf(asked)[0]?.environment).toBe('gitlab');
  });

  it('is gone once the number of the snippet is set', { timeout: LIMIT_MS }, async () => {
    const [before] = await incident(DRONE);
    const [, mtu] = /mtu: (\d+)/.exec(remediesOf(before)[0]?.snippet ?? '') ?? [];
    const words = [`ip link set eth0 mtu ${mtu}`, 'ip route flush cache', RUN];
    const [broken, repaired] = await incident(DRONE, ...words);
    expect(broken?.verdict).toBe('black-hole');
    expect(repaired?.verdict).toBe('clear');
    expect(remediesOf(repaired)).toEqual([]);
  });
});
