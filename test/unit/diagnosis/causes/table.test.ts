import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANY_BASE, BASES } from '../../../../src/diagnosis/causes/bases.ts';
import type { Cause } from '../../../../src/diagnosis/causes/cause.ts';
import { causeOf } from '../../../../src/diagnosis/causes/cause-of.ts';
import { causesOfNumber } from '../../../../src/diagnosis/causes/causes-of-number.ts';
import { CAUSES } from '../../../../src/diagnosis/causes/table.ts';
import { label } from './labels.ts';
import { viewOf } from './views.ts';

/** The numbers at which a row speaks: all that it has, ends of ranges included. */
function numbersOf({ match }: Cause): number[] {
  if (match.kind === 'number') return [match.mtu];
  return match.bases.flatMap((base) => [...new Set([base - match.least, base - match.most])]);
}

/** Behind the name comes the arithmetic, or the base. */
function isOf({ name }: Cause, found: string | undefined): boolean {
  return found?.startsWith(`${name}: `) === true || found?.startsWith(`${name} `) === true;
}

const ROWS = CAUSES.map((cause) => ({ row: `${label(cause.match)} ${cause.name}`, cause }));

describe('every row of the table', () => {
  it.each(ROWS)('$row is found', ({ cause }) => {
    const found = numbersOf(cause).map((mtu) => {
      // Any interface that is larger than what the path carries.
      const own = mtu < 1500 ? 1500 : mtu < 9001 ? 9001 : 65_536;
      const result = causeOf(viewOf({ mtu, own, family: cause.family ?? 4 }));
      return [result?.name, ...(result?.others ?? [])].filter((name) => isOf(cause, name));
    });
    // Elsewhere a combination may stand in its place.
    expect(Math.max(...found.map((names) => names.length))).toBe(1);
  });

  it.each(ROWS)('$row explains each of its numbers', ({ cause }) => {
    for (const mtu of numbersOf(cause)) {
      const same = causesOfNumber(mtu);
      expect(same.length).toBeGreaterThan(0);
      // A combination that is known stands for the general row.
      const own = same.some(({ name }) => isOf(cause, name));
      const general = cause.match.kind === 'overhead' && cause.match.bases === ANY_BASE;
      expect(own || general).toBe(true);
    }
  });

  it.each(ROWS)('$row has a source and a name that is its own', ({ cause }) => {
    expect(cause.source).not.toBe('');
    // Something that anybody can look up: no file of somebody's machine.
    expect(cause.source).not.toMatch(/^[/~]/);
    expect(cause.name).not.toMatch(/[|:]|[.]$/);
    const twins = CAUSES.filter((other) => label(other.match) === label(cause.match) && other.name === cause.name);
    expect(twins).toHaveLength(1);
  });
});

describe('bases', () => {
  it('are those that networks are built on', () => {
    const bases = [1500, 1460, 1450, 1442, 1420, 1400, 1492, 9001, 9000, 8500, 1280];
    expect(BASES.map(({ mtu }) => mtu).sort()).toEqual(bases.sort());
  });

  it.each([
    [1450, 'VXLAN over IPv4 (flannel, Calico, Cilium, Neutron): 1500 - 50'],
    [1410, 'VXLAN over IPv4 on Google Cloud: 1460 - 50'],
    [1400, 'VXLAN inside VXLAN (a cluster on OpenStack, or in another cluster): 1450 - 50'],
    [1392, 'VXLAN inside an OVN network of OpenStack: 1442 - 50'],
    [1370, 'VXLAN through WireGuard (flannel over wg0): 1420 - 50'],
    [1350, 'VXLAN on Azure or on a Hetzner vSwitch: 1400 - 50'],
    [1412, 'WireGuard over PPPoE: 1492 - 80'],
    [8951, 'VXLAN over IPv4 on AWS: 9001 - 50'],
    [8450, 'VXLAN over IPv4 (flannel, Calico, Cilium, Neutron) through an AWS Transit Gateway: 8500 - 50'],
    [1230, 'VXLAN over IPv4 (flannel, Calico, Cilium, Neutron) inside a tunnel at the IPv6 minimum: 1280 - 50'],
    [1430, 'VXLAN over IPv6 (Calico, Cilium, Neutron): 1500 - 70'],
    [1440, "IP in IP on Google Cloud (Calico's old default): 1460 - 20"],
    [1404, 'a veth of that MTU, which takes four bytes more: 1400 + 4'],
  ])('%i: %s', (mtu, name) => {
    expect(causesOfNumber(mtu).map((cause) => cause.name)).toContain(name);
  });
});

describe('causesOfNumber', () => {
  it('knows nothing of a number that nobody has', () => {
    expect(causesOfNumber(1333)).toEqual([]);
  });

  it('puts the likeliest first, with what it rests on', () => {
    expect(causesOfNumber(1492)[0]).toEqual({
      name: 'PPPoE, as DSL and fibre lines have it: 1500 - 8',
      base: 1500,
      deltaBytes: 8,
      source: 'RFC 2516 §7',
    });
  });

  it('takes the bytes from a base, and names nothing twice', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 500, max: 9300 }), fc.integer(), fc.double()), (mtu) => {
        const causes = causesOfNumber(mtu);
        for (const { base, deltaBytes } of causes) expect(deltaBytes).toBe(base - mtu);
        expect(new Set(causes.map(({ name }) => name)).size).toBe(causes.length);
      }),
    );
  });
});
