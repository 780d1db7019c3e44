import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireWritable, writeFile } from '../../../src/cli/write-report.ts';
import { UsageError } from '../../../src/errors.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtu-probe-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('--output', () => {
  it('is checked without leaving anything behind', () => {
    requireWritable(join(folder, 'report.json'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('replaces a file as a whole', () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, 'a longer text from an earlier run');
    requireWritable(file);
    expect(readFileSync(file, 'utf8')).toBe('a longer text from an earlier run');
    writeFile(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('follows a symbolic link', () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, '');
    symlinkSync('report.json', join(folder, 'latest.json'));
    writeFile(join(folder, 'latest.json'), 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  it('writes to a device and leaves it a device', () => {
    requireWritable('/dev/null');
    writeFile('/dev/null', 'new');
    expect(readFileSync('/dev/null', 'utf8')).toBe('');
  });

  it('refuses a folder that does not exist', () => {
    const file = join(folder, 'none', 'report.json');
    expect(() => requireWritable(file)).toThrow(
      new UsageError(`--output ${file} cannot be written (ENOENT): name a file in a folder that exists and is yours`),
    );
    expect(existsSync(file)).toBe(false);
  });

  it('refuses a folder', () => {
    expect(() => requireWritable(folder)).toThrow(/^--output .* cannot be written \(EISDIR\)/);
  });
});
