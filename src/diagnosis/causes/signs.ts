/** What is seen around this process, as signs. */

import type { Environment } from '../../contract.ts';
import type { LocalInterface } from '../../surroundings.ts';
import type { PathView } from '../view.ts';
import type { Topic } from './cause.ts';
import { placeSign, senderSigns } from './place-signs.ts';
import type { Sign } from './sign.ts';

interface KnownName {
  readonly name: RegExp;
  readonly topics: readonly Topic[];
}

/**
 * Interfaces that programs name after themselves. Not here: tunl0, sit0, gre0 and ip6tnl0, which the kernel puts into
 * every network namespace once a module is loaded, so that they say nothing of this one.
 */
const NAMES: readonly KnownName[] = [
  { name: /^flannel-wg/, topics: ['wireguard'] }, // flannel backends, wireguard
  { name: /^flannel\.\d+$/, topics: ['vxlan'] }, // flannel backends, vxlan: flannel.<VNI>
  { name: /^(flannel-v6\.\d+|vxlan(-v6)?\.calico)$/, topics: ['vxlan'] }, // flannel backends; Calico felix configuration
  { name: /^wireguard\.cali/, topics: ['wireguard'] }, // Calico felix configuration
  { name: /^cali[0-9a-f]/, topics: ['calico'] }, // Calico: one for each pod
  { name: /^cilium_vxlan$/, topics: ['vxlan'] }, // Cilium docs, routing
  { name: /^cilium_geneve$/, topics: ['geneve'] }, // Cilium docs, routing
  { name: /^cilium_wg\d+$/, topics: ['wireguard'] }, // Cilium docs, WireGuard encryption
  { name: /^(cilium_|lxc[0-9a-f]|lxc_health)/, topics: ['cilium'] }, // Cilium: its own, and one for each pod
  { name: /^(cni0|cbr0)$/, topics: ['overlay'] }, // CNI bridge plugin, kubenet
  { name: /^docker_gwbridge$/, topics: ['vxlan'] }, // Docker Swarm, whose overlay networks are VXLAN
  { name: /^(ovn-k8s-mp|ovn0|br-int$)/, topics: ['ovn'] }, // OVN-Kubernetes, Kube-OVN
  { name: /^genev/, topics: ['geneve'] }, // Open vSwitch
  { name: /^antrea-/, topics: ['antrea'] }, // Antrea docs
  { name: /^(weave|vethwe-)/, topics: ['weave'] }, // Weave Net docs
  { name: /^tailscale\d/, topics: ['tailscale'] }, // Tailscale docs
  { name: /^wt\d/, topics: ['netbird'] }, // NetBird docs
  { name: /^nebula/, topics: ['nebula'] }, // Nebula docs
  { name: /^CloudflareWARP/, topics: ['warp'] }, // Cloudflare WARP docs
  { name: /^ppp\d/, topics: ['ppp'] }, // pppd(8)
  { name: /^(gpd|cscotun)\d/, topics: ['vpn-client'] }, // GlobalProtect, AnyConnect
  { name: /^(wg|wg-.*)\d*$/, topics: ['wireguard'] }, // wg-quick(8)
  { name: /^(tun|tap)\d/, topics: ['openvpn', 'vpn-client'] }, // OpenVPN manual
];

const KINDS: Readonly<Partial<Record<LocalInterface['kind'], readonly Topic[]>>> = {
  vxlan: ['vxlan'],
  wireguard: ['wireguard'],
  tun: ['vpn-client'],
};

/** Providers whose interfaces have an MTU that hardly anybody else has. */
const PROVIDERS: ReadonlyMap<number, { readonly topics: readonly Topic[]; readonly provider: string }> = new Map([
  [9001, { topics: ['aws'], provider: 'AWS' }], // AWS EC2 user guide, network MTU
  [1460, { topics: ['google-cloud'], provider: 'Google Cloud' }], // Google Cloud VPC docs, MTU
]);

/** By how an environment's code begins. */
const RUNS_IN: readonly { readonly code: string; readonly strength: 1 | 2; readonly topics: readonly Topic[] }[] = [
  { code: 'kubernetes', strength: 1, topics: ['overlay'] },
  { code: 'gitlab', strength: 2, topics: ['gitlab'] },
];

/** @param mtu the number that is to be explained. @returns the place of the narrow link first, where it is known. */
export function signsOf(view: PathView, mtu: number): readonly Sign[] {
  const { interfaces, environments } = view.around;
  const { egress } = view.measurement;
  const place = placeSign(view, mtu);
  return [
    ...(place === null ? [] : [place]),
    ...senderSigns(view, mtu),
    ...interfaces.flatMap((entry) => interfaceSigns(entry, mtu)),
    ...interfaces.filter(({ name }) => name === egress.interface).flatMap(containerSigns),
    ...[...new Set([egress.mtu, ...interfaces.map((entry) => entry.mtu)])].flatMap(providerSigns),
    ...environments.flatMap(environmentSigns),
  ];
}

function interfaceSigns({ name, kind, mtu: own }: LocalInterface, mtu: number): Sign[] {
  const topics = NAMES.find((known) => known.name.test(name))?.topics ?? KINDS[kind];
  if (topics === undefined) return [];
  return own === mtu
    ? [{ strength: 3, topics, where: null, words: `${name} here has an MTU of ${mtu}` }]
    : [{ strength: 2, topics, where: null, words: `${name} is an interface here` }];
}

function containerSigns({ name, kind }: LocalInterface): Sign[] {
  const words = `${name} is a veth, as containers have`;
  return kind === 'veth' ? [{ strength: 1, topics: ['overlay', 'veth'], where: null, words }] : [];
}

function providerSigns(mtu: number): Sign[] {
  const known = PROVIDERS.get(mtu);
  if (known === undefined) return [];
  return [
    { strength: 2, topics: known.topics, where: null, words: `an interface here has ${mtu}, as on ${known.provider}` },
  ];
}

function environmentSigns(environment: Environment): Sign[] {
  return RUNS_IN.filter(({ code }) => environment.startsWith(code)).map(({ strength, topics }) => ({
    strength,
    topics,
    where: null,
    words: `this runs in ${environment}`,
  }));
}
