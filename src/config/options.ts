/** Everything a run can be asked for, after parsing: no optional fields, no strings left to interpret. */

import type { DirectionName, Environment, Family, RankedVerdict } from '../contract.ts';

export const PROBE_METHODS = ['auto', 'tcp', 'icmp', 'udp'] as const;
/** `auto`: TCP in both directions and ICMP echo beside it. `tcp`, `icmp`: that alone. `udp`: DNS or QUIC, forward. */
export type ProbeMethod = (typeof PROBE_METHODS)[number];

export const FORMATS = ['text', 'json', 'markdown', 'junit', 'github', 'gitlab', 'prometheus'] as const;
export type Format = (typeof FORMATS)[number];

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How paths are measured. */
export interface MeasureOptions {
  readonly method: ProbeMethod;
  readonly directions: readonly DirectionName[];
  /** Smallest size searched; `null` is 576 for IPv4 (RFC 791 §3.1) and 1280 for IPv6 (RFC 8200 §5). */
  readonly minMtu: number | null;
  /** Largest size searched; `null` is the egress interface's MTU. */
  readonly maxMtu: number | null;
  /** Largest size that the target is asked for, whatever the interface takes; `null` is the same as forward. */
  readonly advertiseMtu: number | null;
  /** One probe at a time, by bisection. */
  readonly gentle: boolean;
  /** For one whole path, in milliseconds. */
  readonly timeoutMs: number;
  /** How long to watch whether a black hole heals by itself, in milliseconds; 0 does not watch. */
  readonly waitRecoveryMs: number;
}

/** Which paths are measured. */
export interface ResolveOptions {
  readonly families: readonly Family[];
  /** The user asked for one family: an address of it without a route is then an error, not a skip. */
  readonly familyAsked: boolean;
  readonly firstAddress: boolean;
  readonly port: number | null;
  readonly serverName: string | null;
  readonly path: string | null;
  readonly interface: string | null;
  readonly source: string | null;
}

export interface RunOptions {
  readonly targets: readonly string[];
  /** Path MTUs of addresses with a known black hole on the way back: see `hold` of a path. */
  readonly holds: Readonly<Record<string, number>>;
  readonly resolve: ResolveOptions;
  readonly measure: MeasureOptions;
  /** What this host remembers of the path shall not count, and it shall remember nothing of this. */
  readonly flushCache: boolean;
  readonly expectMtu: number | null;
  readonly failOn: RankedVerdict;
  /** Whose configuration is to be shown; `null` finds out. */
  readonly environment: Environment | null;
}

/** One more view of the report, in a file of its own. */
export interface ReportFile {
  readonly format: Format;
  readonly file: string;
}

/** What is done with the report; the library never sees these. */
export interface OutputOptions {
  readonly format: Format;
  readonly output: string | null;
  readonly reports: readonly ReportFile[];
  /** Formats for people show what became of each size. */
  readonly evidence: boolean;
  readonly logLevel: LogLevel;
  readonly quiet: boolean;
}
