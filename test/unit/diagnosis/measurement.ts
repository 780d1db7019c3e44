import type { Around } from '../../../src/diagnosis/view.ts';
import type { Measurement, SearchResult } from '../../../src/search/measurement.ts';

/** A search that reached its ceiling; a test changes what it is about. */
function found(changes: Partial<SearchResult>): SearchResult {
  return {
    method: 'tcp-segment',
    pathMtu: 1500,
    ceiling: 1500,
    settledBy: 'ceiling',
    silence: false,
    largestTold: null,
    lost: [],
    smallestTold: null,
    answered: true,
    strayLosses: 0,
    members: [],
    waves: 1,
    ...changes,
  };
}

export const SILENT_1400 = { pathMtu: 1400, settledBy: 'loss', silence: true, lost: [1401] } as const;
export const TOLD_1400 = { pathMtu: 1400, settledBy: 'told', smallestTold: 1401, largestTold: 1500 } as const;

/** The other side offered less from the start. */
export const PEER_1400 = { mss: { advertised: 1460, peer: 1360, laterPeer: null } } as const;

export interface Changes {
  readonly tcp?: Partial<SearchResult> | null;
  readonly echo?: Partial<SearchResult> | null;
  readonly scout?: Partial<SearchResult>;
  readonly witness?: Partial<SearchResult>;
  readonly reverse?: Partial<SearchResult> | null;
  readonly withheldAbove?: number;
  readonly rest?: Partial<Measurement>;
}

/** A clean path over both methods, with what differs. */
export function measurement({
  tcp = {},
  echo = {},
  scout,
  witness,
  reverse = {},
  withheldAbove,
  rest = {},
}: Changes = {}): Measurement {
  return {
    address: '198.51.100.70',
    family: 4,
    egress: { interface: 'eth0', address: '172.17.0.2', mtu: 1500, cachedPathMtu: null },
    routeMtu: null,
    local: false,
    proxy: null,
    asked: ['forward', 'reverse'],
    ceiling: 1500,
    reverseCeiling: 1500,
    floor: 576,
    port: 443,
    portState: 'open',
    rttMs: 10,
    hopsLeft: null,
    responder: null,
    farEnd: null,
    mss: { advertised: 1460, peer: 1460, laterPeer: null },
    forward: {
      tcp: tcp === null ? null : found(tcp),
      datagram: echo === null ? null : found({ method: 'icmp-raw', ...echo }),
      scout: scout === undefined ? null : found({ method: 'udp-raw', ...scout }),
      witness: witness === undefined ? null : found({ method: 'icmp-raw', ...witness }),
      withheldAbove: withheldAbove ?? null,
      recoveredAfterMs: null,
      trace: [],
    },
    reverse: {
      search: reverse === null ? null : found({ method: 'tcp-mss', ...reverse }),
      exercised: reverse !== null,
      largestSeen: null,
      noReply: false,
      recoveredAfterMs: null,
    },
    evidence: [],
    refusedEngines: [],
    datagramMethod: 'icmp-raw',
    cut: false,
    repairs: 0,
    cost: { packets: 0, connections: 0, bytes: 0, waves: 0 },
    ...rest,
  };
}

/** Nothing is known beside the measurement. */
export const NOWHERE: Around = { environments: [], interfaces: [] };
