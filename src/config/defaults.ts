/** What can be typed for `--direction`. */
export const DIRECTION_CHOICES = ['both', 'forward', 'reverse'] as const;

/** What `run` does when nobody asks for anything else. As typed on the command line, so that help and parser agree. */
export const DEFAULTS = {
  method: 'auto',
  timeout: '20',
  waitRecovery: '0',
  failOn: 'delayed',
  format: 'text',
  logLevel: 'warn',
} as const;

/** What `serve` does when nobody asks for anything else. */
export const SERVE_DEFAULTS = {
  /** 80 Mbit/s: a search over a thousand sizes moves a few megabytes. */
  maxRate: '10000000',
  /** Four measurements that hold as many connections as one path is given. */
  maxClients: '256',
  logLevel: 'info',
} as const;

/** What `health` does when nobody asks for anything else. */
export const HEALTH_DEFAULTS = {
  url: 'http://127.0.0.1:9482',
  timeout: '5s',
  wait: '0s',
} as const;

/** What `layers` does when nobody asks for anything else. */
export const LAYERS_DEFAULTS = {
  format: 'text',
  /** Each is two processes for a moment; a server meets no more connections than of one run to four addresses. */
  atOnce: '4',
} as const;
