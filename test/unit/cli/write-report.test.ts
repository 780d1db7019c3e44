import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NamedFile, requireDistinct, requireWritable, writeFile } from '../../../src/cli/write-report.ts';
import { UsageError } from '../../../src/errors.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtu-probe-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function output(path: string): NamedFile {
  return { path, typed: `--output ${path}` };
}

describe('a file for a report', () => {
  it('is checked without leaving anything behind', () => {
    requireWritable(output(join(folder, 'report.json')));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('replaces a file as a whole', () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, 'a longer text from an earlier run');
    requireWritable(output(file));
    expect(readFileSync(file, 'utf8')).toBe('a longer text from an earlier run');
    writeFile(output(file), 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('follows a symbolic link', () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, '');
    symlinkSync('report.json', join(folder, 'latest.json'));
    writeFile(output(join(folder, 'latest.json')), 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  it('writes to a device and leaves it a device', () => {
    requireWritable(output('/dev/null'));
    writeFile(output('/dev/null'), 'new');
    expect(readFileSync('/dev/null', 'utf8')).toBe('');
  });

  it('refuses a folder that does not exist', () => {
    const file = join(folder, 'none', 'report.json');
    expect(() => requireWritable(output(file))).toThrow(
      new UsageError(`--output ${file} cannot be written (ENOENT): name a file in a folder that exists and is yours`),
    );
    expect(existsSync(file)).toBe(false);
  });

  it('refuses a folder', () => {
    expect(() => requireWritable(output(folder))).toThrow(/^--output .* cannot be written \(EISDIR\)/);
  });

  it('is not the file of another one, by whatever name', () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, '');
    symlinkSync('report.json', join(folder, 'latest.json'));
    const latest = { path: join(folder, 'latest.json'), typed: '--report json=latest.json' };
    expect(() => requireDistinct([output(file), latest])).toThrow(
      new UsageError(
        `--report json=latest.json is the file of --output ${file} as well: give each report a file of its own`,
      ),
    );
    symlinkSync('.', join(folder, 'here'));
    const [one, same] = [join(folder, 'new.xml'), join(folder, 'here', 'new.xml')];
    expect(() => requireDistinct([output(one), output(same)])).toThrow(UsageError);
    expect(() => requireDistinct([output(file), output(one), output('/dev/null'), output('/dev/null')])).not.toThrow();
  });
});
