/** What a VPN does to the way out: a default route stays where it was, and the world is somewhere else. */

import { describe, expect, it } from 'vitest';
import { LAYERS, LIMIT_MS, reportOf, steps, summary } from './on-node.ts';

const TUNNEL = ['ip tuntap add tun0 mode tun', 'ip link set tun0 mtu 1420 up', 'ip address add 10.99.0.2/32 dev tun0'];
/** As OpenVPN does it (`redirect-gateway def1`). */
const HALVES = [...TUNNEL, 'ip route add 0.0.0.0/1 dev tun0', 'ip route add 128.0.0.0/1 dev tun0'];
/** As wg-quick(8) does it: what is narrower than a default route goes on to count, and what the VPN itself sends is marked. */
const RULES = [
  ...TUNNEL,
  'ip route add default dev tun0 table 77',
  'ip rule add not fwmark 77 table 77',
  'ip rule add table main suppress_prefixlength 0',
];

describe('a VPN on the node', () => {
  it.each([
    ['over halves of the default route', HALVES],
    ['by rules', RULES],
  ])('%s is where the way of every layer leads', { timeout: LIMIT_MS }, async (_, before) => {
    const found = await reportOf('dind', 'inspect', ...before);
    expect(found.layers.map(({ egress }) => egress)).toEqual(['tun0', 'eth0', 'eth0']);
    const inner = found.layers[0]?.name;
    expect(steps(found)).toEqual([
      ['nested-mtu-mismatch', 'warning', `${inner} cni0 1450`, `${inner} tun0 1420`],
      ['nested-mtu-mismatch', 'warning', 'netns pod docker0 1500', 'netns pod eth0 1450'],
    ]);
  });
});

describe('a layer whose only default route is in a table of its own', () => {
  it('is measured like the others', { timeout: LIMIT_MS }, async () => {
    const found = await reportOf(
      'dind',
      LAYERS,
      'out=$(ip -n pod route show default)',
      'ip -n pod route add $out table 77',
      'ip -n pod rule add table 77',
      'ip -n pod rule add table main suppress_prefixlength 0',
      'ip -n pod route del default',
    );
    expect(summary(found)).toEqual([
      ['node', 0, 'clear', 1500],
      ['netns pod', 1, 'clear', 1450],
      ['netns build', 2, 'black-hole', 1450],
    ]);
  });
});
