/** How much anybody may ask for. What is generous here is still little for a process of one core. */

/** A minute of one address (IPv6: of one /64). */
export const RATES = {
  /** Kubernetes asks once a second at most, and Prometheus every few. */
  generous: 600,
  /** A dashboard asks a few times for each event. */
  usual: 300,
  /** A probe is a measurement; a Prometheus that asks for a hundred targets each minute is let in. */
  strict: 120,
} as const;

export const LARGEST_BODY = 1; // there are no requests with a body
/** Of the request line and headers together; Node's own is 16384. */
export const LARGEST_HEAD = 8192;
export const LONGEST_PARAMETER = 100; // of a path; ids have 16
/** A name of 253 (RFC 1035 §2.3.4) in a URL with a path, percent-encoded. */
export const LONGEST_TARGET = 2048;

/** Who takes longer to say what it wants is not served: slow loris. */
export const REQUEST_MS = 10_000;
export const CHECK_REQUESTS_MS = 2000;
/** Nothing moved in either direction for so long: no route is silent longer, see {@link LONGEST_PROBE_MS}. */
export const IDLE_MS = 90_000;
export const KEEP_ALIVE_MS = 20_000;
export const MOST_CONNECTIONS = 256;

export const MOST_STREAMS = 32;
export const MOST_STREAMS_PER_ADDRESS = 8; // a browser opens 6 to one host
/** Intermediaries forget connections that are silent for a minute. */
export const HEARTBEAT_MS = 15_000;

/** Without a word of the one who asks: Prometheus' own default is 10 s, its longest usual one 60 s. */
export const LONGEST_PROBE_MS = 60_000;
/** As blackbox_exporter's `--timeout-offset`: what the answer takes on its way. */
export const PROBE_OFFSET_MS = 500;

export const MOST_POINTS = 5000;
export const USUAL_POINTS = 1000;
export const MOST_EVENTS = 200;
export const USUAL_EVENTS = 50;
