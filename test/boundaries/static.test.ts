import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program of node_modules. @returns what it said, for the failure message; empty when it was content. */
function complaints(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(`node_modules/.bin/${program}`, args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

describe('static checks', () => {
  it('finds no error of types', () => {
    expect(complaints('tsc', '-p', 'tsconfig.json')).toBe('');
    expect(complaints('tsc', '-p', 'tsconfig.dashboard.json')).toBe('');
  });

  it('finds the house style everywhere', () => {
    expect(complaints('biome', 'check', '.')).toBe('');
  });

  it('finds nothing that is not used', () => {
    expect(complaints('knip', '--no-progress')).toBe('');
  });

  it('finds every import going the way of the layers', async () => {
    const options = await extractDepcruiseOptions(`${ROOT}.dependency-cruiser.mjs`);
    const tsConfig = extractTSConfig(`${ROOT}tsconfig.json`);
    const result = await cruise(['src'], { ...options, baseDir: ROOT }, {}, { tsConfig });
    const { summary } = result.output as ICruiseResult;
    // A pattern that matches no file would find no violation either.
    expect(summary.totalCruised).toBeGreaterThan(100);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });
});
