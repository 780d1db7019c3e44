/** What could not be found out, and what would have to change for it. */

import { isUdpService } from '../facts.ts';
import type { PathView } from '../view.ts';
import type { FindingRule } from './rule.ts';

export const NOT_KNOWN_FINDINGS: readonly FindingRule[] = [
  {
    code: 'masked',
    severity: 'warning',
    applies: ({ forward, reverse }) => forward.masked || reverse.masked,
    summary: ({ measurement }) =>
      `This host remembers that packets to this address may be no larger than ${measurement.egress.cachedPathMtu} bytes, so ` +
      'larger ones could not be tried. Run it again with --flush-cache (as root, or with CAP_NET_ADMIN), or in ten minutes.',
    detail: ({ measurement }) =>
      'A Packet Too Big to an earlier connection filled the route cache ("ip route get ADDRESS" shows "expires"); while it ' +
      `is there, our SYN advertises the smaller MSS as well. "ip route flush cache" in this network namespace removes it (with ` +
      `CAP_NET_ADMIN); the interface allows ${measurement.egress.mtu}.`,
  },
  {
    code: 'not-exercised',
    severity: 'warning',
    applies: ({ reverse, measurement }) => reverse.behaviour === 'not-exercised' && measurement.responder === null,
    summary: ({ host, reverse }) =>
      `${host} sent nothing long enough to fill a large packet (largest seen: ${reverse.pathMtu === null ? 'none' : `${reverse.pathMtu} bytes`}), so what ` +
      'happens to its large packets is not known. Name a longer download with --path.',
    detail: () => 'Neither the TLS handshake nor the page that was asked for filled a segment of the advertised MSS.',
  },
  {
    code: 'forward-withheld',
    severity: 'info',
    applies: ({ measurement, forward }) =>
      measurement.forward.withheldAbove !== null && forward.behaviour === 'unknown',
    summary: ({ measurement }) =>
      `Nothing larger than ${measurement.forward.withheldAbove} bytes was sent, so that the next run still sees the fault in ` +
      'the other direction.',
    detail: () =>
      'A Packet Too Big to one of our TCP connections would make this host remember a smaller path MTU for ten minutes, and ' +
      'hide the black hole of the reverse direction. With CAP_NET_RAW an echo that leaves no trace looks further.',
  },
  {
    code: 'port-closed',
    severity: 'warning',
    applies: ({ measurement }) => measurement.portState === 'refused' && measurement.responder === null,
    summary: ({ host, measurement }) =>
      `${host} answers, but its port ${measurement.port} is closed, so nothing could be downloaded from it. Name another one with --port.`,
    detail: () => 'The SYN was answered with RST.',
  },
  {
    code: 'no-reply',
    severity: 'warning',
    applies: (view) => view.measurement.responder === null && (view.verdict === 'unreachable' || saysNothing(view)),
    summary: ({ host, measurement, verdict }) =>
      verdict === 'unreachable'
        ? `${host} answers nothing at all, not even the smallest packets: this is no matter of packet size.`
        : `${host} takes connections on port ${measurement.port} and never answers, not even in small packets.`,
    detail: ({ verdict }) =>
      verdict === 'unreachable'
        ? 'Neither a SYN nor an echo request was answered. The address, the port, a firewall or the route is the place to look.'
        : 'The connection with a small MSS got no reply either, so this is no matter of packet size: the server waits for ' +
          'something else than TLS or HTTP, or is too slow.',
  },
  {
    code: 'no-udp-service',
    severity: 'warning',
    applies: ({ measurement }) => isUdp(measurement) && measurement.forward.datagram?.answered !== true,
    summary: ({ host, measurement }) =>
      measurement.datagramMethod === 'udp-dns'
        ? `${host} answers no DNS question on port 53, so that nothing is known of its UDP packets.`
        : `${host} does not speak QUIC on that port, or something on the way stops it: nothing is known of its UDP packets.`,
    detail: () =>
      'Not even the smallest question was answered. Name a DNS server with port 53, or a QUIC server with its port.',
  },
  {
    code: 'no-responder',
    severity: 'warning',
    applies: ({ measurement, reverse, verdict }) =>
      isByResponder(measurement)
        ? !measurement.local && !wasHeard(measurement)
        : measurement.responder !== null &&
          (verdict === 'unreachable' || measurement.portState === 'refused' || reverse.behaviour === 'not-exercised'),
    summary: ({ host, measurement }) => {
      const said = measurement.responder?.said ?? null;
      if (said !== null) return `The responder at ${said}.`;
      const port = `${isByResponder(measurement) ? 'UDP' : 'TCP'} port ${measurement.port ?? 'that was named'}`;
      const why = measurement.refusedEngines.map((reason) => ` (${reason})`).join('');
      return (
        `Nothing on ${port} of ${host} answers as a responder does${isByResponder(measurement) ? why : ''}. Start "mtu-probe serve" there, of the ` +
        'same version and with the same --secret-file, and let its port through, for UDP as well as TCP.'
      );
    },
    detail: () =>
      'A responder answers the smallest request at once. One with a secret answers only who has the same; one that is asked ' +
      'for more than its --max-rate, or by more than its --max-clients, sends less than it was asked for.',
  },
  {
    code: 'udp-unanswered',
    severity: 'warning',
    applies: ({ measurement, forward }) =>
      isUdp(measurement) && measurement.forward.datagram?.silence === true && forward.behaviour === 'unknown',
    summary: ({ host, forward, measurement }) =>
      `${host} answers no questions larger than ${forward.pathMtu} bytes over UDP${witnessWords(measurement)}. Whether something on ` +
      'the way drops large UDP packets, or the service itself takes none, cannot be known from here.',
    detail: ({ measurement }) =>
      measurement.forward.witness === null
        ? 'No ping could be sent beside the questions to compare with (it needs a raw or a ping socket). Firewalls that look into ' +
          'DNS or QUIC, and servers with small buffers, do this as well.'
        : 'A smaller link keeps pings of that size back as well, and those of smaller ones not: pings ended elsewhere here. ' +
          'Firewalls that look into DNS or QUIC, and servers with small buffers, do this.',
  },
  {
    code: 'undecided',
    severity: 'warning',
    applies: (view) => undecided(view).length > 0,
    summary: (view) => {
      if (!wasAsked(view))
        return `Nothing could be asked of ${view.host}: ${view.measurement.refusedEngines.join('; ')}.`;
      const said = view.measurement.responder?.said ?? null;
      const resets = resetsOf(view);
      const because =
        said !== null
          ? `the responder ${said}`
          : resets > 0
            ? `${resets} ${resets === 1 ? 'connection was' : 'connections were'} reset while they were measured`
            : 'too little was answered, or the answers did not agree';
      return `What becomes of large packets ${undecided(view).join(' and ')} could not be decided: ${because}. Run it once more.`;
    },
    detail: () =>
      'A size counts as lost only when independent connections agree. Resets, answers that come seconds late and losses ' +
      'of every size keep them from it.',
  },
  {
    code: 'timed-out',
    severity: 'warning',
    applies: ({ measurement }) => measurement.cut,
    summary: () => 'The run was cut short; only what was proved until then is reported.',
    detail: () => '--timeout was reached, or the run was interrupted.',
  },
];

function isUdp({ datagramMethod }: PathView['measurement']): boolean {
  return datagramMethod !== null && isUdpService(datagramMethod);
}

function isByResponder({ datagramMethod }: PathView['measurement']): boolean {
  return datagramMethod === 'udp-responder';
}

/** The other end said anything over UDP. */
function wasHeard({ forward, reverse }: PathView['measurement']): boolean {
  return forward.datagram?.answered === true || reverse.search?.answered === true;
}

function witnessWords({ forward }: PathView['measurement']): string {
  const carried = forward.witness?.pathMtu ?? null;
  return carried === null || carried <= (forward.datagram?.pathMtu ?? 0)
    ? ''
    : `, although pings of ${carried} bytes arrive`;
}

/** The port takes connections and leaves them alone: whoever resets them says something. */
function saysNothing({ measurement }: PathView): boolean {
  return measurement.reverse.noReply && !measurement.cut && resetsOf({ measurement }) === 0;
}

/** Connections of an open port that were reset while something was asked of them. */
function resetsOf({ measurement }: Pick<PathView, 'measurement'>): number {
  return measurement.portState === 'open'
    ? measurement.evidence.filter(({ outcome }) => outcome === 'refused').length
    : 0;
}

/** TCP was not wanted, and this process may send no datagrams. */
function wasAsked({ measurement }: PathView): boolean {
  const { local, portState, datagramMethod } = measurement;
  return local || portState !== 'not-tried' || datagramMethod !== null;
}

/** The directions that were asked for and are not known, where no other finding says why. */
function undecided(view: PathView): string[] {
  const { measurement, forward, reverse, host } = view;
  const { asked, portState, cut } = measurement;
  if (!wasAsked(view) && !cut) return asked.includes('forward') ? [`to ${host}`] : [];
  const isOverUdp = isUdp(measurement) || isByResponder(measurement);
  const wasAnswered = portState === 'open' || (isOverUdp && wasHeard(measurement));
  if (!wasAnswered || cut || (measurement.forward.datagram?.silence === true && isUdp(measurement))) return [];
  const open = (behaviour: string, masked: boolean): boolean => behaviour === 'unknown' && !masked;
  const towards = open(forward.behaviour, forward.masked) && measurement.forward.withheldAbove === null;
  const back = open(reverse.behaviour, reverse.masked) && !saysNothing(view);
  return [
    ...(asked.includes('forward') && towards ? [`to ${host}`] : []),
    ...(asked.includes('reverse') && back ? [`from ${host}`] : []),
  ];
}
