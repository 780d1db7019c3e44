import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// In a container the checkout often belongs to another user, whose folders git refuses unless told otherwise.
const LIST = ['-c', 'safe.directory=*', 'ls-files', '-co', '--exclude-standard'];
const FILES = execFileSync('git', LIST, { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && statSync(`${ROOT}${file}`, { throwIfNoEntry: false })?.isFile() === true);

function text(file: string): string {
  return readFileSync(`${ROOT}${file}`, 'utf8');
}

function filesWith(pattern: RegExp, among: readonly string[]): string[] {
  return among.filter((file) => pattern.test(text(file)));
}

/** One idea per file; data may be as long as it is. */
const LONGEST_SOURCE = 250;
const DATA = ['src/lab/certificates.ts'];

describe('the tree', () => {
  it('has files of one idea each', () => {
    const sources = FILES.filter((file) => /^src\/.*\.ts$/.test(file) && !DATA.includes(file));
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((file) => text(file).split('\n').length > LONGEST_SOURCE + 1)).toEqual([]);
  });

  it('has no unfinished places', () => {
    const words = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'not implem' + 'ented'].join('|'));
    expect(
      filesWith(
        words,
        FILES.filter((file) => !file.endsWith('package-lock.json')),
      ),
    ).toEqual([]);
  });

  it('leaves chance to arguments', () => {
    const pure = FILES.filter((file) => /^src\/(wire|search|diagnosis|report|measure)\//.test(file));
    expect(pure.length).toBeGreaterThan(40);
    expect(filesWith(/\bMath\.random\b/, pure)).toEqual([]);
  });

  it('names no folder of the machine it was written on', () => {
    expect(filesWith(/(^|[\s"'`(])\/(home|work|root|Users)\//m, FILES)).toEqual([]);
  });

  it('names no place where packages come from', () => {
    expect(text('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });
});
