import { describe, expect, it } from 'vitest';
import { renderPacketRule } from '../../../src/lab/packet-rule.ts';

describe('a packet rule in the words of nftables', () => {
  it('drops larger packets of the named families before IP sees them', () => {
    const rule = { kind: 'length-drop', host: 'R1', arrivingOn: 'r1a', above: 1280, families: [6] } as const;
    expect(renderPacketRule(rule, 3)).toBe(
      `table netdev length_drop_3 {
chain ingress {
type filter hook ingress device "r1a" priority 0;
meta protocol { ip6 } meta length > 1280 drop
}
}
`,
    );
  });

  it('drops Packet Too Big of both families, forwarded and of the host itself', () => {
    expect(renderPacketRule({ kind: 'ptb-drop', host: 'R2', towards: 'r2b' }, 0)).toBe(
      `table inet ptb_drop_0 {
chain forward {
type filter hook forward priority 0;
oifname "r2b" icmp type destination-unreachable icmp code 4 drop
oifname "r2b" icmpv6 type packet-too-big drop
}
chain output {
type filter hook output priority 0;
oifname "r2b" icmp type destination-unreachable icmp code 4 drop
oifname "r2b" icmpv6 type packet-too-big drop
}
}
`,
    );
  });

  it('clamps the MSS to the route', () => {
    expect(renderPacketRule({ kind: 'mss-clamp', host: 'R1', mss: 'route' }, 0)).toContain(
      'tcp flags syn / syn,rst tcp option maxseg size set rt mtu',
    );
  });

  it('clears DF before the router decides, and keeps everything else', () => {
    expect(renderPacketRule({ kind: 'df-clear', host: 'R1', arrivingOn: 'r1a' }, 2)).toBe(
      `table ip df_clear_2 {
chain prerouting {
type filter hook prerouting priority -300;
iifname "r1a" ip frag-off & 0x4000 != 0 ip frag-off set 0
}
}
`,
    );
  });

  it('forwards no error about a connection it has not seen', () => {
    expect(renderPacketRule({ kind: 'invalid-drop', host: 'F2' }, 0)).toContain('ct state invalid drop');
  });

  it('loses a share of packets in thousandths', () => {
    expect(renderPacketRule({ kind: 'loss', host: 'R1', arrivingOn: 'r1a', percent: 0.5 }, 0)).toContain(
      'iifname "r1a" numgen random mod 1000 < 5 drop',
    );
  });
});
