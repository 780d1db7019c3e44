/** Tunnels, local networks, and single hosts: those that ask, and servers that one owns. */

import { lines, type RemedyTable } from './rule.ts';

export const HOSTS = {
  wireguard: {
    file: '/etc/wireguard/wg0.conf',
    format: 'ini',
    snippet: ({ mtu }) =>
      lines(
        '[Interface]',
        '# 60 less than the path below it over IPv4, 80 less over IPv6',
        `MTU = ${mtu}`,
        '# whoever is routed through here knows nothing of it: both ways',
        'PostUp = iptables -t mangle -A FORWARD -o %i -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu',
        'PostUp = iptables -t mangle -A FORWARD -i %i -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu',
        'PostDown = iptables -t mangle -D FORWARD -o %i -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu',
        'PostDown = iptables -t mangle -D FORWARD -i %i -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu',
      ),
    recreate: 'wg-quick down, then up, at both ends. Networks of containers behind it need the number as well.',
    source: 'wg-quick(8): MTU, PostUp; iptables-extensions(8): TCPMSS',
  },
  radvd: {
    file: '/etc/radvd.conf of the router, for a network with IPv6',
    format: 'text',
    snippet: (place) =>
      lines(
        `interface ${place.interface} {`,
        '  AdvSendAdvert on;',
        `  AdvLinkMTU ${place.mtu};`,
        '  prefix ::/64 { };',
        '};',
      ),
    recreate: 'Restart radvd; hosts take it from the next advertisement. Less than 1280 is no MTU for IPv6.',
    source: 'radvd.conf(5): AdvLinkMTU; RFC 4861 §4.6.4',
  },
  'host-route': {
    file: 'a root shell on this host',
    format: 'sh',
    snippet: ({ mtu, interface: device, family = 4 }) =>
      lines(
        '# TCP then offers the smaller MSS as well, so that it helps both directions',
        `ip -${family} route replace $(ip -${family} route show default dev ${device} | head -n 1) dev ${device} mtu ${mtu}`,
      ),
    recreate:
      'It lasts until the route is made anew, by DHCP or at the next boot. Open connections keep their MSS. What is ' +
      'routed through this host, its containers too, is not reached.',
    source: 'ip-route(8): mtu',
  },
  'linux-endpoint': {
    file: '/etc/sysctl.d/60-mtu.conf of a server that you own',
    format: 'ini',
    snippet: ({ mtu }) =>
      lines(
        `# TCP that sends into a black hole tries smaller segments until ${mtu} is met; for IPv6 as well`,
        'net.ipv4.tcp_mtu_probing = 1',
      ),
    recreate: 'sysctl --system. It works on the side that sends, and each connection still stalls for seconds first.',
    source: 'Linux, Documentation/networking/ip-sysctl.rst: tcp_mtu_probing; RFC 4821',
  },
  'linux-router': {
    file: '/etc/sysctl.d/60-mtu.conf of a router or tunnel end',
    format: 'ini',
    snippet: ({ mtu }) =>
      lines(
        `# a path MTU that this box learnt is told to those it forwards for: ${mtu}, less what its tunnel takes`,
        'net.ipv4.ip_forward_use_pmtu = 1',
      ),
    recreate: 'sysctl --system. For IPv4: IPv6 does so anyway. Forged messages can then make paths through it smaller.',
    source: 'Linux, Documentation/networking/ip-sysctl.rst: ip_forward_use_pmtu',
  },
} as const satisfies RemedyTable;
