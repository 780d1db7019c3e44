import { closeSync, constants, openSync, readlinkSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../../../src/errors.ts';
import { PLACE_VARIABLE, passPlace, takePassedPlace } from '../../../../src/net/namespaces/passed-place.ts';
import { O_PATH } from '../../../../src/net/sys/constants.ts';

const inode = readlinkSync('/proc/self/ns/net');
const PLACE = { inode, root: null, etc: null, home: null, pid: null, parent: null };

function opened(path: string, flags = constants.O_RDONLY): number {
  const fd = openSync(path, flags);
  onTestFinished(() => closeSync(fd));
  return fd;
}

function taken(value: string): unknown {
  return takePassedPlace({ [PLACE_VARIABLE]: value });
}

describe('the place that a process hands to the program that it becomes', () => {
  it('is what it was, and leaves the environment', () => {
    const place = {
      ...PLACE,
      root: opened('/', O_PATH | constants.O_DIRECTORY),
      home: opened('/proc/self/ns/net'),
      pid: 1,
      parent: 2,
    };
    const environment = { [PLACE_VARIABLE]: passPlace(place), PATH: '/bin' };
    expect(takePassedPlace(environment)).toEqual(place);
    expect(environment).toEqual({ PATH: '/bin' });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['something else', '{"pid":1}'],
    ['too much', passPlace({ ...PLACE, more: 1 } as never)],
    ['a standard stream', passPlace({ ...PLACE, root: 0 })],
    ['no namespace', passPlace({ ...PLACE, inode: 'mnt:[1]' })],
  ])('is refused when it is %s', (_, value) => {
    expect(() => taken(value)).toThrow(/^MTU_PROBE_PLACE is not what this program wrote: unset it/);
  });

  it('is refused where this process is somewhere else', () => {
    const value = passPlace({ ...PLACE, inode: 'net:[1]' });
    expect(() => taken(value)).toThrow(
      new UsageError(
        `MTU_PROBE_PLACE says net:[1], and this process is in ${inode}: unset it, and name the place with --netns, --pid or --container`,
      ),
    );
  });

  it('is refused from another process, and from an earlier one of the same number', () => {
    const { self, ...rest } = JSON.parse(passPlace(PLACE));
    expect(self).toEqual({ pid: process.pid, startedAt: expect.any(Number) });
    for (const other of [
      { ...self, pid: self.pid + 1 },
      { ...self, startedAt: 1 },
    ]) {
      expect(() => taken(JSON.stringify({ ...rest, self: other }))).toThrow('was written by another process');
    }
  });

  it('is refused with descriptors that are not what they are to be', () => {
    for (const flags of [constants.O_RDONLY, O_PATH]) {
      const root = opened('/etc/passwd', flags);
      expect(() => taken(passPlace({ ...PLACE, root }))).toThrow('names no root directory');
    }
    expect(() => taken(passPlace({ ...PLACE, root: 900_000 }))).toThrow('names no root directory');
    expect(() => taken(passPlace({ ...PLACE, home: opened('/proc/self/ns/mnt') }))).toThrow(
      'names no network namespace',
    );
  });
});
