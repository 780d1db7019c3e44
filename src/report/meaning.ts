/** What a path's result comes to for programs: those that use TCP, and those that do not (QUIC, DNS, VPNs). */

import type { Behaviour, DirectionName, PathReport } from '../contract.ts';

type Meaning = (size: number | null) => string;

const BYTES = (size: number | null): string => (size === null ? 'smaller packets' : `packets of ${size} bytes`);

/** `null`: nothing is known, and nothing is said. */
const TCP: Readonly<Record<Behaviour, Meaning | null>> = {
  silent: () => 'hang',
  delayed: () => 'stall for seconds, then move',
  signalled: (size) => `work, in ${BYTES(size)}, while the refusals get through`,
  clamped: () => 'work, in smaller packets from the start',
  'local-limit': () => 'work, in smaller packets',
  clear: () => 'work',
  'not-exercised': null,
  unknown: null,
};

/** Of larger packets; nobody measured it here, but they take the same links. */
const UDP: Readonly<Record<Behaviour, string | null>> = {
  silent: 'would vanish',
  delayed: 'would vanish',
  signalled: 'would be refused, which few programs heed',
  clamped: 'would not be kept back by that, and may vanish',
  'local-limit': null,
  clear: null,
  'not-exercised': null,
  unknown: null,
};

const TRANSFERS: Readonly<Record<DirectionName, string>> = { reverse: 'downloads', forward: 'uploads' };
/** Downloads are what most jobs do. */
const ORDER: readonly DirectionName[] = ['reverse', 'forward'];

/** One clause per direction, or one for both; `null` where nothing is known, or TCP was not asked. */
export function tcpMeaning(path: PathReport): string | null {
  if (path.transport === 'udp') return null;
  const clauses = ORDER.map((name) => {
    const { behaviour, pathMtu, provedBy } = path[name];
    // What pings say is not said of TCP.
    const isByTcp = provedBy.some((method) => method.startsWith('tcp-'));
    return { name, words: isByTcp ? (TCP[behaviour]?.(pathMtu) ?? null) : null };
  }).filter(({ words }) => words !== null);
  const [first, second] = clauses;
  if (first === undefined) return null;
  if (second !== undefined && first.words === second.words) return `downloads and uploads ${first.words}`;
  return clauses.map(({ name, words }) => `${TRANSFERS[name]} ${words}`).join('; ');
}

/** `null` where all sizes pass, nothing is known, or UDP itself was measured. */
export function udpMeaning(path: PathReport): string | null {
  // Something that looks into TCP says nothing of the rest.
  // With a responder it was, as a path of its own.
  if (path.transport === 'udp' || path.farEnd !== null || path.findings.some(({ code }) => code === 'tcp-only'))
    return null;
  const clauses = ORDER.map((name) => {
    const { behaviour, pathMtu } = path[name];
    const fate = UDP[behaviour];
    const packets = pathMtu === null ? 'large packets' : `packets above ${pathMtu} bytes`;
    return fate === null ? null : { way: name === 'forward' ? 'to there' : 'from there', said: `${packets} ${fate}` };
  }).filter((clause) => clause !== null);
  const [first, second] = clauses;
  if (first === undefined) return null;
  const isSame = second !== undefined && first.said === second.said;
  const words = isSame ? `both ways, ${first.said}` : clauses.map(({ way, said }) => `${way}, ${said}`).join('; ');
  return `QUIC, DNS, VPNs (not measured): ${words}`;
}
