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
