import { describe, expect, it } from 'vitest';
import { eventOf } from '../../../src/net/system-ping-channel.ts';

const PROBE = { id: 3, size: 1500 };

/** As iputils 20221126 prints it. */
const TOLD_4 = `PING 10.0.3.2 (10.0.3.2) 1472(1500) bytes of data.
From 10.0.1.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)

--- 10.0.3.2 ping statistics ---
1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
`;
const TOLD_6 = `PING fd00:3::2(fd00:3::2) 1452 data bytes
From fd00:1::1 icmp_seq=1 Packet too big: mtu=1400
`;
const LOCAL_4 = 'ping: local error: message too long, mtu=1400\n';
const LOCAL_6 = 'ping: local error: message too long, mtu: 1400\n';
const SILENT = `PING 10.0.3.2 (10.0.3.2) 1472(1500) bytes of data.

--- 10.0.3.2 ping statistics ---
1 packets transmitted, 0 received, 100% packet loss, time 0ms
`;

describe('what the ping program says', () => {
  it.each([
    ['IPv4', TOLD_4, 4, '10.0.1.1'],
    ['IPv6', TOLD_6, 6, 'fd00:1::1'],
  ] as const)('of a router that refused, over %s', (_, output, family, from) => {
    const told = { kind: 'packet-too-big', quoted: { id: 3 }, from, nextHopMtu: 1400 };
    expect(eventOf(PROBE, output, family)).toEqual(told);
  });

  it.each([LOCAL_4, LOCAL_6])('of this host: %j', (output) => {
    expect(eventOf(PROBE, output, 4)).toEqual({ kind: 'local-limit', id: 3, mtu: 1400 });
  });

  it('is nothing where nobody answers, or what is claimed cannot be', () => {
    expect(eventOf(PROBE, SILENT, 4)).toBeNull();
    expect(eventOf({ id: 3, size: 1400 }, TOLD_4, 4)).toBeNull();
    expect(eventOf(PROBE, '', 4)).toBeNull();
  });
});
