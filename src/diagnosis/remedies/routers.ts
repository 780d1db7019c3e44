/** Boxes on the way: they can make both ends of TCP agree on smaller segments. QUIC and DNS are not helped by that. */

import { ipv4Mss, ipv6Mss, lines, type RemedyTable } from './rule.ts';

const TCP_ONLY = 'It reaches connections that begin after it, and TCP only.';
const OWN_LINK =
  'It goes by the MTU of routes and interfaces of this box: where the small one is somewhere else, a fixed MSS is needed';

export const ROUTERS = {
  'router-nft': {
    file: '/etc/nftables.conf of the router, the node or the outer container',
    format: 'nft',
    snippet: ({ mtu }) =>
      lines(
        'table inet mtu_probe {',
        '  chain forward {',
        '    type filter hook forward priority mangle; policy accept;',
        `    # both directions, where an interface or route of this box has ${mtu}: rt mtu looks at the way back as well`,
        '    tcp flags syn / syn,rst tcp option maxseg size set rt mtu',
        '  }',
        '}',
      ),
    recreate: `nft -f, with this file. ${OWN_LINK} (router-nft-mss). ${TCP_ONLY}`,
    source: 'nft(8): rt mtu, TCP option maxseg',
  },
  'router-nft-mss': {
    file: '/etc/nftables.conf of the router, the node or the outer container',
    format: 'nft',
    snippet: (place) =>
      lines(
        'table inet mtu_probe {',
        '  chain forward {',
        '    type filter hook forward priority mangle; policy accept;',
        `    # ${place.mtu} less the headers of IP and TCP; a smaller MSS stays as it is`,
        `    meta nfproto ipv4 tcp flags syn / syn,rst tcp option maxseg size set ${ipv4Mss(place)}`,
        `    meta nfproto ipv6 tcp flags syn / syn,rst tcp option maxseg size set ${ipv6Mss(place)}`,
        '  }',
        '}',
      ),
    recreate: `nft -f, with this file. Narrow it to the way in question: everything forwarded here is held to it. ${TCP_ONLY}`,
    source: 'nft(8): TCP option maxseg; RFC 6691 §2',
  },
  'router-iptables': {
    file: 'a root shell on the router, the node or the outer container',
    format: 'sh',
    snippet: ({ mtu }) =>
      lines(
        `# both directions, where an interface or route of this box has ${mtu}`,
        'iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu',
        'ip6tables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu',
      ),
    recreate: `It lasts until the next boot: iptables-save keeps it. ${OWN_LINK} (router-iptables-mss). ${TCP_ONLY}`,
    source: 'iptables-extensions(8): TCPMSS',
  },
  'router-iptables-mss': {
    file: 'a root shell on the router, the node or the outer container',
    format: 'sh',
    snippet: (place) =>
      lines(
        `# ${place.mtu} less the headers of IP and TCP; a smaller MSS stays as it is`,
        `iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss ${ipv4Mss(place)}`,
        `ip6tables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss ${ipv6Mss(place)}`,
      ),
    recreate: `It lasts until the next boot: iptables-save keeps it. Narrow it to the way in question. ${TCP_ONLY}`,
    source: 'iptables-extensions(8): TCPMSS; RFC 6691 §2',
  },
  'router-clear-df': {
    file: '/etc/nftables.conf of the router, as the last resort',
    format: 'nft',
    snippet: ({ mtu }) =>
      lines(
        'table ip mtu_probe_df {',
        '  chain prerouting {',
        '    type filter hook prerouting priority mangle; policy accept;',
        '    # before the router looks at the size: it cuts such packets in pieces, where it would drop them',
        `    ip length > ${mtu} ip frag-off & 0x4000 != 0 ip frag-off set 0`,
        '  }',
        '}',
      ),
    recreate:
      'nft -f, with this file. Against the will of the sender, slow, and IPv4 only; fragments get lost on their own. It ' +
      'is for what cannot be clamped.',
    source: 'nft(8): IPv4 header, frag-off; RFC 791 §2.3',
  },
  openwrt: {
    file: 'a shell on the router',
    format: 'sh',
    snippet: ({ mtu }) =>
      lines(
        '# zone 1 is wan in the configuration that OpenWrt comes with',
        "uci set firewall.@zone[1].mtu_fix='1'",
        `uci set network.wan.mtu='${mtu}'`,
        'uci commit',
        'service network restart',
        'service firewall restart',
      ),
    recreate: 'Nothing more; connections that are open keep their MSS.',
    source: 'OpenWrt, firewall configuration: mtu_fix; network configuration: mtu',
  },
  opnsense: {
    file: 'Interfaces ▸ WAN ▸ MSS',
    format: 'text',
    // The field takes off the headers by itself: the MSS, put there, would be too small by 40 or 60.
    snippet: ({ mtu }) => String(mtu),
    recreate: 'Apply changes. The field takes the MTU: OPNsense takes off 40 for IPv4 and 60 for IPv6 itself.',
    source: 'OPNsense, Interfaces: MSS',
  },
  routeros: {
    file: 'a terminal of RouterOS',
    format: 'text',
    snippet: (place) =>
      [
        { menu: '/ip', mss: ipv4Mss(place) },
        { menu: '/ipv6', mss: ipv6Mss(place) },
      ]
        .map(
          ({ menu, mss }) =>
            `${menu} firewall mangle add chain=forward protocol=tcp tcp-flags=syn tcp-mss=${mss + 1}-65535 ` +
            `action=change-mss new-mss=${mss} passthrough=yes comment="path MTU ${place.mtu}"`,
        )
        .join('\n'),
    recreate: `new-mss=clamp-to-pmtu goes by the interface of this router, if that is the small one. ${TCP_ONLY}`,
    source: 'MikroTik, RouterOS: mangle, change MSS',
  },
} as const satisfies RemedyTable;
