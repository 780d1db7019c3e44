/** What was measured of one path: the only thing that diagnosis looks at. */

import type { Cost, DirectionName, Egress, Evidence, Family, FarEnd, Method } from '../contract.ts';
import type { HopTrace } from './hop-rule.ts';

/** One of several ways that share the load. */
export interface Member {
  /** `null` where flows cannot be told apart by their ports, and so not searched. */
  readonly pathMtu: number | null;
  /** Flows of ours that went this way. */
  readonly flows: number;
}

/** Where one search by one method ended. */
export interface SearchResult {
  readonly method: Method;
  /** Largest size proved to arrive. */
  readonly pathMtu: number | null;
  /** The largest size that this search was allowed to try. */
  readonly ceiling: number;
  /**
   * What proves that `pathMtu + 1` does not arrive: its loss, the sender being told, or the MSS in force (which proves
   * only that it is not sent). `ceiling`: nothing larger was to be tried. `null`: `pathMtu` is a lower bound.
   */
  readonly settledBy: 'ceiling' | 'loss' | 'told' | 'limited' | null;
  /** Some size above `pathMtu` is proved to vanish with nobody told. */
  readonly silence: boolean;
  /** The smallest size whose sender was told. */
  readonly smallestTold: number | null;
  /** The largest one. What became of sizes above it, nobody knows. */
  readonly largestTold: number | null;
  /** Sizes above `pathMtu` that vanished untold, some perhaps by chance. */
  readonly lost: readonly number[];
  /** Anything at all was answered. */
  readonly answered: boolean;
  /** Losses that a larger arrival overruled. */
  readonly strayLosses: number;
  /** Ways that carry different sizes, the widest first; empty where all flows agree. The rest speaks of the narrowest. */
  readonly members: readonly Member[];
  readonly waves: number;
}

export interface ReverseMeasurement {
  readonly search: SearchResult | null;
  /** A reply that could fill a packet of the ceiling was owed. */
  readonly exercised: boolean;
  /** Largest packet seen in replies that were too short to prove more. */
  readonly largestSeen: number | null;
  /** The port took connections and never answered a request. */
  readonly noReply: boolean;
  /** ms until a black hole healed by itself; `null` when it did not, or was not watched. */
  readonly recoveredAfterMs: number | null;
}

export interface ForwardMeasurement {
  readonly tcp: SearchResult | null;
  /** ICMP echo, or questions to a UDP service. */
  readonly datagram: SearchResult | null;
  /** The scout that listens for Packet Too Big and leaves no trace, where echo would leave one. */
  readonly scout: SearchResult | null;
  /** ICMP echo beside a UDP service that left large questions unanswered; `null` where it was not asked. */
  readonly witness: SearchResult | null;
  /** Sizes above this were not sent over TCP, because a Packet Too Big would have hidden a reverse black hole. */
  readonly withheldAbove: number | null;
  readonly recoveredAfterMs: number | null;
  /** Which routers large and small packets came to; empty where nothing fails, or nobody may look. */
  readonly trace: HopTrace;
}

export interface Measurement {
  /** The target's. */
  readonly address: string;
  readonly family: Family;
  readonly egress: Egress;
  /** MTU set on the route, below the interface's. */
  readonly routeMtu: number | null;
  readonly local: boolean;
  /** The proxy, host and port, that a job here would go through; `null` where it would not. */
  readonly proxy: string | null;
  readonly asked: readonly DirectionName[];
  /** Interface MTU, or the user's `--max-mtu`. */
  readonly ceiling: number;
  /** Largest size that the target was asked for: the same, or `--advertise-mtu`. */
  readonly reverseCeiling: number;
  readonly floor: number;
  readonly port: number | null;
  readonly portState: 'open' | 'refused' | 'silent' | 'not-tried';
  readonly rttMs: number | null;
  /** What was left of the TTL of an answer from the target; `null` where none is known. */
  readonly hopsLeft: number | null;
  /** MSS in our SYN and in the first and a later SYN-ACK, where they are known. */
  readonly mss: { readonly advertised: number | null; readonly peer: number | null; readonly laterPeer: number | null };
  /** The target is a responder; `said` is why it does not answer, a phrase, where it said so itself. */
  readonly responder: { readonly said: string | null } | null;
  /** What a responder told over TCP; `null` without one. */
  readonly farEnd: FarEnd | null;
  readonly forward: ForwardMeasurement;
  readonly reverse: ReverseMeasurement;
  readonly evidence: readonly Evidence[];
  /** One sentence per datagram engine that this process may not use. */
  readonly refusedEngines: readonly string[];
  readonly datagramMethod: Method | null;
  /** Cut by the timeout or by the user. */
  readonly cut: boolean;
  /** Segments that were lost and repaired, whatever their size. */
  readonly repairs: number;
  readonly cost: Cost;
}
