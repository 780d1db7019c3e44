/** Everything that `watch` can be asked for, after parsing: no optional fields, no strings left to interpret. */

import type { RankedVerdict } from '../../contract.ts';
import type { Endpoint } from '../../endpoint.ts';
import type { LogLevel, RunOptions } from '../options.ts';

/** When a target is due. */
export type Schedule =
  | { readonly kind: 'interval'; readonly everyMs: number }
  /** Five or six fields; `timeZone` is a name of the IANA database, `null` that of this host. */
  | { readonly kind: 'cron'; readonly expression: string; readonly timeZone: string | null };

export interface WatchedTarget {
  /** As configured; no two are the same. */
  readonly target: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly schedule: Schedule;
  /** Each slot begins up to so much later, by chance. */
  readonly jitterMs: number;
  /** For a whole run, all addresses together. */
  readonly timeoutMs: number;
  /** It decides over readiness. */
  readonly gating: boolean;
  /** What one run of it is: `targets` has this one alone; `failOn` and `expectMtu` are here. */
  readonly run: RunOptions;
}

export interface HistoryOptions {
  /** `null` keeps it in memory: it ends with the process. */
  readonly path: string | null;
  readonly keepSuccessesMs: number;
  readonly keepFailuresMs: number;
  /** Of the file, in bytes; the oldest successes go first. */
  readonly maxSize: number;
}

export interface ResponderSettings {
  /** `null` is all addresses. */
  readonly listen: readonly Endpoint[] | null;
  /** Bytes per second. */
  readonly maxRate: number;
  readonly maxClients: number;
}

export interface PeersOptions {
  /** A name whose addresses are the agents (a headless service), or a list of them. */
  readonly source:
    | { readonly kind: 'dns'; readonly name: string }
    | { readonly kind: 'list'; readonly hosts: readonly string[] };
  /** Of every peer's responder, where the list does not say. */
  readonly port: number;
  /** Of every peer's HTTP. */
  readonly httpPort: number;
  /** Up to so many agents each measures all others. */
  readonly fullMesh: number;
  /** Above it, so many in each round. */
  readonly perRound: number;
  readonly schedule: Schedule;
  readonly jitterMs: number;
  readonly timeoutMs: number;
  readonly gating: boolean;
  readonly failOn: RankedVerdict;
  /** What one run of a peer is, its target aside. */
  readonly run: RunOptions;
}

export interface WebhookOptions {
  readonly url: string;
  /** Holds the key of its signature; `null` sends unsigned. */
  readonly secretFile: string | null;
}

export interface WatchOptions {
  readonly targets: readonly WatchedTarget[];
  /** Runs at once. */
  readonly concurrency: number;
  readonly listen: Endpoint;
  /** Holds the bearer token of everything but health. */
  readonly tokenFile: string | null;
  /** Targets that `/probe` measures besides those configured. */
  readonly allow: readonly string[];
  readonly history: HistoryOptions;
  readonly responder: ResponderSettings | null;
  /** Holds what responders know their own probers by. */
  readonly secretFile: string | null;
  readonly peers: PeersOptions | null;
  readonly webhooks: readonly WebhookOptions[];
  readonly logLevel: LogLevel;
}
