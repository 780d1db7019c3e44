/** Options of `mtu-probe health`, in the words of its help. */

import type { Command } from 'commander';
import { HEALTH_DEFAULTS } from '../config/defaults.ts';
import { addEpilog } from './epilog.ts';

const EXAMPLES = [
  'mtu-probe health',
  'mtu-probe health --wait 60s',
  'mtu-probe health --url http://10.0.0.5:9482 --token-file ./token',
];

const EXIT_CODES = [
  [0, 'every gating target is well'],
  [1, 'one is not: stderr has the reasons, and the report of what is in the way'],
  [2, 'usage'],
  [3, 'no service answers there'],
] as const;

export function addHealthOptions(command: Command): Command {
  return addEpilog(command, EXAMPLES, EXIT_CODES)
    .option('--url <url>', `where it is (default: what MTU_PROBE_LISTEN says, else ${HEALTH_DEFAULTS.url})`)
    .option('--timeout <time>', `how long one question may take (default: ${HEALTH_DEFAULTS.timeout})`)
    .option('--wait <time>', 'ask on for so long, until it is ready, or certain not to be (default: ask once)')
    .option(
      '--token-file <file>',
      'holds the token of the service, for the report (default: what MTU_PROBE_TOKEN_FILE says)',
    );
}
