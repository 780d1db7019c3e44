/**
 * Where the narrow link is, as far as somebody said it: the sender of the Packet Too Big, and the hop where large packets
 * end. Only what speaks of the number in question counts.
 */

import type { PathView } from '../view.ts';
import type { Topic } from './cause.ts';
import type { Sign } from './sign.ts';

/** The last hop that has large packets in hand: this host, or the one that its containers are on. */
const NEXT_DOOR = 1;
/** Beyond the host and its gateway, at least. */
const FAR = 3;

/** Gateways of the networks that container engines make. */
const BRIDGES: readonly { readonly address: RegExp; readonly bridge: string }[] = [
  { address: /^172\.(1[7-9]|2\d|3[01])\.0\.1$/, bridge: 'the Docker bridge next door' }, // Docker default-address-pools
  { address: /^10\.(88\.0|89\.\d+)\.1$/, bridge: 'the Podman bridge next door' }, // containers.conf, default_subnet(_pools)
];

const SENDERS: readonly { readonly address: RegExp; readonly topics: readonly Topic[]; readonly words: string }[] = [
  // flannel's default network; that of k3s and RKE2.
  { address: /^10\.(244|42)\.\d+\.\d+$/, topics: ['overlay'], words: 'has an address as clusters give them to pods' },
  { address: /^192\.168\.\d+\.\d+$/, topics: ['home-router'], words: 'has an address as routers of homes have' }, // RFC 1918 §3
  // Tailscale docs, IP pool: within what RFC 6598 §7 sets aside for the NAT of providers.
  {
    address: /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+$/,
    topics: ['tailscale'],
    words: 'has an address as Tailscale gives them',
  },
];

/** RFC 1918 §3, RFC 4193 §3.1, RFC 4291 §2.5.6. */
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/;

interface Sender {
  readonly from: string;
  readonly ttl: number | null;
}

/** Whoever said that number. */
function sendersOf({ forward }: PathView, mtu: number): readonly Sender[] {
  return forward.packetTooBig.flatMap(({ from, nextHopMtu, ttl }) =>
    from !== null && nextHopMtu === mtu ? [{ from, ttl }] : [],
  );
}

/** @returns `null` where nobody said where it is, or it is neither next door nor far. */
export function placeSign(view: PathView, mtu: number): Sign | null {
  const senders = sendersOf(view, mtu);
  for (const sender of senders) {
    const neighbour = neighbourOf(sender);
    if (neighbour !== null) return near(`${sender.from}, ${neighbour}, passes on no more than ${mtu}`);
  }
  const far = senders.find(({ ttl }) => (ttl ?? 0) >= FAR);
  if (far !== undefined) return distant(`${far.from}, ${far.ttl} hops away, passes on no more than ${mtu}`);
  const { hop, pathMtu } = view.forward;
  if (hop === null || pathMtu !== mtu) return null;
  if (hop.ttl === 0) return near('large packets end on the first link');
  if (hop.ttl <= NEXT_DOOR) return near(`large packets end behind ${hop.address ?? 'the first router'}, next door`);
  return hop.ttl >= FAR ? distant(`large packets end ${hop.ttl} hops away`) : null;
}

export function senderSigns(view: PathView, mtu: number): readonly Sign[] {
  return sendersOf(view, mtu).flatMap(({ from }) =>
    SENDERS.filter(({ address }) => address.test(from)).map(
      ({ topics, words }): Sign => ({ strength: 1, topics, where: null, words: `${from} ${words}` }),
    ),
  );
}

/** An engine's gateway is next door unless its distance says otherwise; any other private one only if that says so. */
function neighbourOf({ from, ttl }: Sender): string | null {
  if (ttl !== null && ttl > NEXT_DOOR) return null;
  const bridge = BRIDGES.find(({ address }) => address.test(from))?.bridge;
  if (bridge !== undefined) return bridge;
  return ttl !== null && PRIVATE.test(from) ? 'the router next door' : null;
}

function near(words: string): Sign {
  return { strength: 1, topics: [], where: 'host', words };
}

function distant(words: string): Sign {
  return { strength: 1, topics: [], where: 'network', words };
}
