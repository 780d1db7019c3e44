import { describe, expect, it } from 'vitest';
import { hostScript } from '../../../src/lab/host-script.ts';
import { dockerInDocker } from '../../../src/lab/topologies/docker-in-docker.ts';

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
});
