/** Address translation and faults as data, and how nftables says each of them. */

import type { Family } from '../contract.ts';

export type PacketRule =
  | { readonly kind: 'masquerade'; readonly host: string; readonly leavingBy: string }
  /** One address for another, without looking into ICMP errors: their quotes keep the wrong address. */
  | {
      readonly kind: 'stateless-nat';
      readonly host: string;
      readonly inside: string;
      readonly outside: string;
      readonly from: string;
      readonly to: string;
    }
  /** Packet Too Big never leaves by `towards`, whether forwarded or of the host's own making. */
  | { readonly kind: 'ptb-drop'; readonly host: string; readonly towards: string }
  /** Packet Too Big of the host's own making never leaves; that of others is forwarded. */
  | { readonly kind: 'ptb-mute'; readonly host: string }
  /** Larger packets vanish before IP sees them, as in a switch; `families` null is both. */
  | {
      readonly kind: 'length-drop';
      readonly host: string;
      readonly arrivingOn: string;
      readonly above: number;
      readonly families: readonly Family[] | null;
    }
  /** A middlebox that drops large TCP segments and lets large datagrams pass. */
  | { readonly kind: 'tcp-length-drop'; readonly host: string; readonly arrivingOn: string; readonly above: number }
  /** `route` is the smaller MTU of the two routes a forwarded SYN touches. */
  | { readonly kind: 'mss-clamp'; readonly host: string; readonly mss: number | 'route' }
  | { readonly kind: 'echo-filter'; readonly host: string }
  /** Larger echo requests are not forwarded, as by a policer of large ICMP; 0 stops all. */
  | { readonly kind: 'echo-limit'; readonly host: string; readonly above: number }
  /** A router that neither forwards ICMP nor answers or sends any. */
  | { readonly kind: 'icmp-filter'; readonly host: string }
  /** A host firewall that is deaf to ICMP and to ICMPv6 Packet Too Big. */
  | { readonly kind: 'icmp-input-filter'; readonly host: string }
  /** Packet Too Big of the host's own making names no MTU, as before RFC 1191. */
  | { readonly kind: 'ptb-without-mtu'; readonly host: string }
  | { readonly kind: 'fragment-drop'; readonly host: string }
  /** A router that allows fragments of what forbids them: IPv4, since IPv6 has no such bit. */
  | { readonly kind: 'df-clear'; readonly host: string; readonly arrivingOn: string }
  /** A stateful firewall: errors about connections that it has not seen itself are dropped. */
  | { readonly kind: 'invalid-drop'; readonly host: string }
  | { readonly kind: 'loss'; readonly host: string; readonly arrivingOn: string; readonly percent: number };

const PTB = ['icmp type destination-unreachable icmp code 4 drop', 'icmpv6 type packet-too-big drop'];
const ECHO_REQUEST = ['icmp type echo-request drop', 'icmpv6 type echo-request drop'];

/** Text for `nft -f`. `number` keeps the tables of one host apart. */
export function renderPacketRule(rule: PacketRule, number: number): string {
  const table = `${rule.kind.replaceAll('-', '_')}_${number}`;
  const inet = (...chains: string[]): string => `table inet ${table} {\n${chains.join('\n')}\n}\n`;
  switch (rule.kind) {
    case 'masquerade':
      return `table ip ${table} {\n${chain('nat', 'postrouting', 100, [`oifname "${rule.leavingBy}" masquerade`])}\n}\n`;
    case 'stateless-nat':
      return `table ip ${table} {\n${chain('filter', 'prerouting', -310, [
        `iifname "${rule.inside}" ip saddr ${rule.from} ip saddr set ${rule.to} notrack`,
        `iifname "${rule.outside}" ip daddr ${rule.to} ip daddr set ${rule.from} notrack`,
      ])}\n}\n`;
    case 'ptb-drop': {
      const drops = PTB.map((drop) => `oifname "${rule.towards}" ${drop}`);
      return inet(filter('forward', drops), filter('output', drops));
    }
    case 'ptb-mute':
      return inet(filter('output', PTB));
    case 'length-drop':
      return `table netdev ${table} {\n${chain(
        'filter',
        'ingress',
        0,
        [`meta protocol { ${etherTypes(rule.families)} } meta length > ${rule.above} drop`],
        ` device "${rule.arrivingOn}"`,
      )}\n}\n`;
    case 'tcp-length-drop':
      return inet(
        filter('forward', [`iifname "${rule.arrivingOn}" meta l4proto tcp meta length > ${rule.above} drop`]),
      );
    case 'mss-clamp':
      return inet(
        chain('filter', 'forward', -150, [
          `tcp flags syn / syn,rst tcp option maxseg size set ${rule.mss === 'route' ? 'rt mtu' : rule.mss}`,
        ]),
      );
    case 'echo-filter':
      return inet(filter('forward', ECHO_REQUEST), filter('input', ECHO_REQUEST));
    case 'echo-limit':
      return inet(
        filter(
          'forward',
          ECHO_REQUEST.map((drop) => `meta length > ${rule.above} ${drop}`),
        ),
      );
    case 'icmp-filter':
      // Neighbour discovery is ICMPv6 as well and has to go on (RFC 4890 §4.4.1).
      return inet(
        filter('forward', ['meta l4proto { icmp, ipv6-icmp } drop']),
        filter('input', ECHO_REQUEST),
        filter('output', [
          'meta l4proto icmp drop',
          'icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem, echo-reply } drop',
        ]),
      );
    case 'icmp-input-filter':
      return inet(filter('input', ['meta l4proto icmp drop', 'icmpv6 type packet-too-big drop']));
    case 'ptb-without-mtu':
      return `table ip ${table} {\n${filter('output', ['icmp type destination-unreachable icmp code 4 icmp mtu set 0'])}\n}\n`;
    case 'fragment-drop':
      return `table ip ${table} {\n${chain('filter', 'postrouting', 300, ['ip frag-off & 0x3fff != 0 drop'])}\n}\n`;
    case 'df-clear':
      return `table ip ${table} {\n${chain('filter', 'prerouting', -300, [
        `iifname "${rule.arrivingOn}" ip frag-off & 0x4000 != 0 ip frag-off set 0`,
      ])}\n}\n`;
    case 'invalid-drop':
      return inet(filter('forward', ['ct state invalid drop']));
    case 'loss':
      return inet(
        filter('forward', [
          `iifname "${rule.arrivingOn}" numgen random mod 1000 < ${Math.round(rule.percent * 10)} drop`,
        ]),
      );
  }
}

function filter(hook: string, rules: readonly string[]): string {
  return chain('filter', hook, 0, rules);
}

/** `device` follows the hook where the hook belongs to one. */
function chain(type: string, hook: string, priority: number, rules: readonly string[], device = ''): string {
  return `chain ${hook} {\ntype ${type} hook ${hook}${device} priority ${priority};\n${rules.join('\n')}\n}`;
}

function etherTypes(families: readonly Family[] | null): string {
  return (families ?? [4, 6]).map((family) => (family === 4 ? 'ip' : 'ip6')).join(', ');
}
