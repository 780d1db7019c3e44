/**
 * Two namespaces and a third behind a narrow link, with what a configuration can be made of:
 *
 * ```
 * inner eth0 1500 ── v0 ▸ br0 1500 │ outer u0 1300 ── u1 │ far
 * ```
 * The names in the root of the machine are the same, and its MTUs others.
 */

const OUTER = `
ip link add v0 mtu 1500 type veth peer name eth0 mtu 1500 netns mpkin
ip link add br0 type bridge
ip link set v0 master br0 up
ip link set br0 up
ip link add u0 mtu 1300 type veth peer name u1 mtu 1300 netns mpkfar
ip link set u0 up
ip link set lo up
ip address add 10.1.0.1/24 dev br0
ip address add fd01::1/64 dev br0 nodad
ip address add 10.2.0.1/24 dev u0
ip address add fd02::1/64 dev u0 nodad
ip link add mac0 link u0 type macvlan
ip link add vx0 mtu 1250 type vxlan id 7 dev u0 dstport 4789
ip tuntap add tap0 mode tap
ip route add default nexthop via 10.2.0.2 nexthop via 10.1.0.2
ip -6 route add default nexthop via fd02::2 nexthop via fd01::2
ip route add 10.11.0.0/16 via inet6 fd02::2 dev u0
sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1`;

const FAR = `
ip address add 10.2.0.2/24 dev u1
ip address add fd02::2/64 dev u1 nodad
ip link set u1 up`;

const INNER = `
ip link set lo up
ip address add 10.1.0.2/24 dev eth0
ip address add fd01::2/64 dev eth0 nodad
ip link set eth0 up
ip route add default via 10.1.0.1
ip -6 route add default via fd01::1
ip route add 10.7.0.0/16 via 10.1.0.1 mtu lock 1400 metric 7
ip route add 10.8.0.0/16 via 10.1.0.1 mtu 1420
ip -6 route add fd08::/64 via fd01::1 mtu 1420
ip route add unreachable 10.9.0.0/16
ip route add 10.10.0.0/16 via 10.1.0.1 advmss 1000
sysctl -qw net.ipv4.tcp_mtu_probing=1 'net.ipv4.ping_group_range=0 1000'`;

/** To where a Packet Too Big comes back from; they are sent again until it is known. */
const TOO_LARGE = `
import { createSocket } from 'node:dgram';
for (const [kind, address] of [['udp4', '10.2.0.2'], ['udp6', 'fd02::2']]) {
  const socket = createSocket(kind).on('error', () => undefined);
  socket.connect(9, address, () => {
    const again = setInterval(() => socket.send(Buffer.alloc(1400), () => undefined), 100);
    setTimeout(() => { clearInterval(again); socket.close(); }, 1500);
  });
}`;

const ROOT = `
ip link add eth0 mtu 1234 type veth peer name br0
ip netns add mpkin
ip netns add mpkout
ip netns add mpkfar`;

function within(name: string, script: string): string {
  return `ip netns exec ${name} sh -e <<'END'\n${script}\nEND`;
}

export const SCENE = [
  ROOT,
  within('mpkout', OUTER),
  within('mpkfar', FAR),
  within('mpkin', INNER),
  within('mpkin', `${process.execPath} --input-type=module <<'SENT'\n${TOO_LARGE}\nSENT`),
].join('\n');
