/** Every option of `run`, in the words of its help; `docs/run.md` has the same table. */

import type { Command } from 'commander';
import { DEFAULTS, DIRECTION_CHOICES } from '../config/defaults.ts';
import { RESOLVERS } from '../config/inside.ts';
import { FORMATS, LOG_LEVELS, PROBE_METHODS } from '../config/options.ts';
import { RANKED_VERDICTS } from '../contract.ts';
import { addEpilog } from './epilog.ts';

const EXAMPLES = [
  'mtu-probe run --target rubygems.org',
  'mtu-probe run --target https://example.org/large.iso --direction reverse',
  'mtu-probe run --target rubygems.org --report junit=mtu.xml --expect-mtu 1450',
  'mtu-probe run --target rubygems.org --advertise-mtu 1500',
  'mtu-probe run --target rubygems.org --container build-1',
];

const EXIT_CODES = [
  [0, 'no path is at or above --fail-on'],
  [1, 'a path is at or above --fail-on, or proved to carry less than --expect-mtu'],
  [2, 'usage, configuration or privilege; nothing was sent'],
  [3, 'something could not be decided, resolved or reached'],
] as const;

export function addRunOptions(command: Command): Command {
  return addEpilog(command, EXAMPLES, EXIT_CODES)
    .optionsGroup('What to measure:')
    .option(
      '--target <host|url>',
      'what to measure: rubygems.org, https://host/path, host:port, mtu://host for a responder; may be repeated',
      collect,
    )
    .option(
      '--targets <file>',
      'measure every target that the file names, one a line, # begins a comment; - is standard input; may be repeated',
      collect,
    )
    .option(
      '--responder <host>',
      'measure the way to "mtu-probe serve" there as well, over TCP and UDP (host:port; default: 4821)',
    )
    .option('--secret-file <file>', 'holds the secret that the responder was given as well')
    .optionsGroup('Which paths:')
    .option('-4, --ipv4', 'only IPv4 addresses')
    .option('-6, --ipv6', 'only IPv6 addresses')
    .option('--first-address', 'only the first address that has a route')
    .option('--port <port>', 'TCP port, instead of the one of the URL (443, then 80, for a bare host)')
    .option('--sni <name>', 'server name for TLS, instead of the one of the target')
    .option('--path <path>', 'path to download when the TLS handshake alone is too short')
    .option('--interface <interface>', 'leave through this interface')
    .option('--source <address>', 'leave from this address')
    .optionsGroup('From where:')
    .option('--netns <file>', 'measure from this network namespace, as in /run/netns/NAME')
    .option('--pid <pid>', 'measure from where this process is, as the job that it is')
    .option('--container <name|id>', 'measure from inside this container of the engine here')
    .option(
      '--resolver <where>',
      `${RESOLVERS.join(', ')}: whose /etc/hosts and name servers count there (default: those of the container)`,
    )
    .optionsGroup('How to measure:')
    .option(
      '--method <method>',
      `${PROBE_METHODS.join(', ')}: TCP and ICMP echo, one of them, or QUIC (DNS on port 53) (default: auto)`,
    )
    .option('--direction <direction>', `${DIRECTION_CHOICES.join(', ')} (default: both)`)
    .option('--min-mtu <bytes>', 'smallest packet tried (default: 576, for IPv6 1280)')
    .option('--max-mtu <bytes>', 'largest packet tried (default: the MTU of the interface)')
    .option(
      '--advertise-mtu <bytes>',
      'ask the target for packets of this size, whatever the interface takes (needs CAP_NET_ADMIN)',
    )
    .option('--flush-cache', 'look past the path MTU that this host remembers (needs CAP_NET_ADMIN)')
    .option('--gentle', 'one probe at a time')
    .option('--timeout <seconds>', `for one whole path (default: ${DEFAULTS.timeout})`)
    .option('--wait-recovery <seconds>', 'watch for so long whether a black hole heals by itself')
    .optionsGroup('What counts as a fault:')
    .option('--expect-mtu <bytes>', 'exit with 1 when a path is proved to carry less')
    .option('--fail-on <verdict>', `${RANKED_VERDICTS.join(', ')}: exit with 1 from here on (default: delayed)`)
    .optionsGroup('What is told:')
    .option(
      '--environment <environment>',
      'show what to change there; docs/remedies.md has all (default: what is detected)',
    )
    .option('--format <format>', `${FORMATS.join(', ')} (default: text)`)
    .option('--output <file>', 'write the report there instead of stdout')
    .option(
      '--report <format=file>',
      'write the report there as well, as in junit=report.xml; may be repeated',
      collect,
    )
    .option('--evidence', 'show what became of each size, to be pasted for whoever runs the network')
    .optionsGroup('Options:')
    .option('--log-level <level>', `${LOG_LEVELS.join(', ')}, to stderr (default: warn)`)
    .option('-q, --quiet', 'no progress on the terminal');
}

export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
