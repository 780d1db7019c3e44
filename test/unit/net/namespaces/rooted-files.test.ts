import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { beginningOf, isThere, type Root } from '../../../../src/net/namespaces/rooted-files.ts';
import { fakeRoot } from '../fake-root.ts';

const SECRET = 'outside of the root';

/** @param links from path to target. */
function rootWith(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): Root & { path: string } {
  const outer = fakeRoot({ 'secret/file': SECRET, 'inner/': '' });
  const path = join(outer, 'inner');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  for (const [name, target] of Object.entries(links)) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    symlinkSync(target, join(path, name));
  }
  const fd = openSync(path, 0o10000000); // O_PATH
  onTestFinished(() => closeSync(fd));
  return { fd, path };
}

describe('files below another root', () => {
  it('are read up to a length', () => {
    const root = rootWith({ 'etc/hosts': '0123456789' });
    expect(beginningOf(root, '/etc/hosts', 100)).toBe('0123456789');
    expect(beginningOf(root, '/etc/hosts', 4)).toBe('0123');
    expect(beginningOf(root, '/etc/missing', 4)).toBeNull();
    expect(beginningOf(root, '/etc', 4)).toBeNull();
  });

  it('are reached by links that begin with / of that root', () => {
    const root = rootWith(
      { 'run/systemd/resolve/stub-resolv.conf': 'nameserver 127.0.0.53' },
      { 'etc/resolv.conf': '/var/run/systemd/resolve/stub-resolv.conf', 'var/run': '/run' },
    );
    expect(beginningOf(root, '/etc/resolv.conf', 100)).toBe('nameserver 127.0.0.53');
    expect(isThere(root, '/etc/resolv.conf')).toBe(true);
  });

  it.each([
    ['by a link to ours', '/etc/passwd'],
    ['by dots', '../../../../../../../../etc/passwd'],
    ['by dots behind a folder', '/etc/../../../etc/passwd'],
    ['by one step up', '../../secret/file'],
    ['by a process of ours', '/proc/self/root/etc/passwd'],
  ])('are never ours: %s', (_, target) => {
    const root = rootWith({ 'etc/kept': '' }, { 'etc/hosts': target });
    expect(beginningOf(root, '/etc/hosts', 100)).toBeNull();
    expect(isThere(root, '/etc/hosts')).toBe(false);
  });

  it('are theirs, where dots lead above their root', () => {
    const root = rootWith({ 'etc/passwd': 'theirs' }, { 'etc/hosts': '../../../../etc/passwd' });
    expect(beginningOf(root, '/etc/hosts', 100)).toBe('theirs');
  });

  it('end with links in a circle, links to many folders, and names that are too long', () => {
    const root = rootWith(
      { 'etc/kept': '' },
      {
        'etc/hosts': 'other',
        'etc/other': 'hosts',
        'etc/far': 'kept/../'.repeat(300),
        'etc/far2': `${'../etc/'.repeat(400)}kept`,
      },
    );
    expect(beginningOf(root, '/etc/hosts', 100)).toBeNull();
    expect(beginningOf(root, '/etc/far', 100)).toBeNull();
    expect(beginningOf(root, '/etc/far2', 100)).toBeNull();
    expect(beginningOf(root, `/etc/${'x'.repeat(300)}`, 100)).toBeNull();
  });

  it('are no pipes and no devices: nothing waits', () => {
    const root = rootWith({ 'etc/kept': '' }, { 'etc/zero': '/dev/zero' });
    execFileSync('mkfifo', [join(root.path, 'etc/hosts')]);
    expect(beginningOf(root, '/etc/hosts', 100)).toBeNull();
    const ours = openSync('/', constants.O_RDONLY);
    onTestFinished(() => closeSync(ours));
    expect(beginningOf({ fd: ours }, '/dev/zero', 100)).toBeNull();
    expect(beginningOf({ fd: ours }, '/proc/self/status', 1 << 16)).toContain('\nPid:');
  });

  it('leave no descriptor open', () => {
    const root = rootWith({ 'etc/hosts': 'a' }, { 'etc/loop': 'loop', 'etc/far': '../etc/'.repeat(400) });
    const before = readdirSync('/proc/self/fd').length;
    for (const path of ['/etc/hosts', '/etc/loop', '/etc/far', '/none']) beginningOf(root, path, 10);
    expect(readdirSync('/proc/self/fd').length).toBe(before);
  });
});
