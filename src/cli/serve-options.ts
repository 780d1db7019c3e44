/** Options of `mtu-probe serve`, in the words of its help. */

import type { Command } from 'commander';
import { SERVE_DEFAULTS } from '../config/defaults.ts';
import { LOG_LEVELS } from '../config/options.ts';
import { RESPONDER_PORT } from '../wire/responder.ts';
import { addEpilog } from './epilog.ts';
import { collect } from './options.ts';

const EXAMPLES = [
  'mtu-probe serve',
  'mtu-probe serve --listen 192.0.2.7 --secret-file ./secret --max-rate 1000000',
  'mtu-probe run --target mtu://192.0.2.7 --secret-file ./secret    # elsewhere',
];

export function addServeOptions(command: Command): Command {
  return addEpilog(command, EXAMPLES)
    .option(
      '--listen <address[:port]>',
      `UDP and TCP there; may be repeated (default: all IPv4 and IPv6 addresses, port ${RESPONDER_PORT})`,
      collect,
    )
    .option('--max-rate <bytes>', `send no more than this in a second (default: ${SERVE_DEFAULTS.maxRate})`)
    .option('--max-clients <n>', `serve no more than this at once (default: ${SERVE_DEFAULTS.maxClients})`)
    .option('--secret-file <file>', 'answer only who has the same secret; 16 bytes at least (default: everybody)')
    .option('--user <name|uid[:gid]>', 'who to be once it listens, when started as root (default: nobody)')
    .option('--log-level <level>', `${LOG_LEVELS.join(', ')}, to stderr (default: ${SERVE_DEFAULTS.logLevel})`);
}
