import { describe, expect, it } from 'vitest';
import { hostScript } from '../../../src/lab/host-script.ts';
import { anycast } from '../../../src/lab/topologies/anycast.ts';
import { dockerInDocker } from '../../../src/lab/topologies/docker-in-docker.ts';
import { pods } from '../../../src/lab/topologies/pods.ts';
import { twoFirewalls } from '../../../src/lab/topologies/two-firewalls.ts';

describe('the script that makes a host', () => {
  it('has its bridge, ports, addresses, routes and rules, and nothing of others', () => {
    const script = hostScript(dockerInDocker(), 'pod', 0);
    expect(script.slice(script.indexOf('ip -batch'))).toBe(
      `ip -batch - <<'END_OF_INPUT'
link set lo up
link add docker0 mtu 1500 type bridge
link set veth19bed8a master docker0
link set veth19bed8a mtu 1500 up
link set eth0 mtu 1450 up
link set docker0 mtu 1500 up
addr add 10.244.1.113/24 dev eth0
addr add 172.17.0.1/16 dev docker0
route replace default via 10.244.1.1
END_OF_INPUT
nft -f - <<'END_OF_INPUT'
table ip masquerade_0 {
chain postrouting {
type nat hook postrouting priority 100;
oifname "eth0" masquerade
}
}

END_OF_INPUT`,
    );
    expect(script).toContain(`for file in /proc/sys/net/ipv4/ping_group_range; do echo '0 0' > "$file"; done`);
  });

  it('says whether the outer packets of VXLAN may be fragmented', () => {
    const script = (dontFragment: boolean) =>
      hostScript(pods({ overlay: 1450, underlay: 1400, dontFragment }), 'N1', 0);
    expect(script(false)).toContain('remote 192.0.2.10 dstport 8472 df unset\n');
    expect(script(true)).toContain('remote 192.0.2.10 dstport 8472 df set\n');
  });

  it('sends ICMP another way: all of it, or only its own', () => {
    expect(hostScript(anycast(1400), 'R2', 0)).toContain('\nip -4 rule add ipproto icmp to 10.0.3.2 lookup 77');
    expect(hostScript(twoFirewalls(1400), 'R2', 0)).toContain(`
ip -4 rule add ipproto icmp to 10.0.1.0/24 iif lo lookup 77
ip -6 rule add ipproto ipv6-icmp to fd00:1::/64 iif lo lookup 77`);
  });
});
