import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PrivilegeError } from '../../../../src/errors.ts';
import { requireJoining } from '../../../../src/net/namespaces/find-place.ts';
import { whyNoJoining, whyNoLooking, whyNotJoined, whyUnseen } from '../../../../src/net/namespaces/privilege.ts';

const ALL = 0x1ff_ffff_ffffn;
const SYS_ADMIN = 1n << 21n; // linux/capability.h
const SYS_PTRACE = 1n << 19n;
const GRANTS =
  'run it as root on the host, with docker run --user 0 --pid host --network host --cap-add SYS_ADMIN --cap-add SYS_PTRACE --security-opt apparmor=unconfined, or with kubectl debug node/NAME --profile sysadmin';

describe('the right to join', () => {
  it.each([
    [ALL, null],
    [SYS_ADMIN, null],
    [null, null],
    [0n, `joining another network namespace needs CAP_SYS_ADMIN and CAP_SYS_PTRACE: ${GRANTS}`],
    [ALL & ~SYS_ADMIN, `joining another network namespace needs CAP_SYS_ADMIN: ${GRANTS}`],
  ])('with %s: %s', (effective, refusal) => {
    expect(whyNoJoining(effective)).toBe(refusal);
  });

  it('is not asked for where it is there, and the kernel refuses all the same', () => {
    expect(whyNotJoined(0n)).toBe(whyNoJoining(0n));
    expect(whyNotJoined(ALL)).toBe(
      'CAP_SYS_ADMIN is there, so a security policy forbids it, or it belongs to a user namespace around this one: run it as root on the host',
    );
  });
});

it('is that of this process', () => {
  let refusal: string | null = null;
  try {
    requireJoining();
  } catch (error) {
    refusal = error instanceof PrivilegeError ? error.message : String(error);
  }
  const digits = /^CapEff:\t([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  expect(digits).toHaveLength(16);
  expect(refusal).toBe(whyNoJoining(BigInt(`0x${digits}`)));
});

describe('the right to look', () => {
  it('is named with how to get it', () => {
    expect(whyNoLooking('process 7', SYS_ADMIN)).toBe(`looking into process 7 needs CAP_SYS_PTRACE: ${GRANTS}`);
    expect(whyUnseen(1, 0n)).toMatch(/^1 process may not be looked into without CAP_SYS_PTRACE: run it as root/);
    expect(whyUnseen(12, 0n)).toMatch(
      /^12 processes may not be looked into without CAP_SYS_PTRACE: [^\n]*--cap-add SYS_PTRACE/,
    );
  });

  it('is not asked for where it is there', () => {
    for (const sentence of [whyNoLooking('process 7', SYS_PTRACE), whyUnseen(3, SYS_PTRACE)]) {
      expect(sentence).toMatch(/although CAP_SYS_PTRACE is there: a security policy forbids it/);
    }
  });
});
