/** Every option of `run`, in the words of its help; `README.md` has the same table. */

import type { Command } from 'commander';
import { DEFAULTS, DIRECTION_CHOICES } from '../config/defaults.ts';
import { FORMATS, LOG_LEVELS, PROBE_METHODS } from '../config/options.ts';
import { RANKED_VERDICTS } from '../contract.ts';

export function addRunOptions(command: Command): Command {
  return command
    .option(
      '--target <host|url>',
      'what to measure: rubygems.org, https://host/path, host:port; may be repeated',
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
    .option('--secret-file <file>', 'holds what that responder knows its own probers by')
    .option('-4, --ipv4', 'only IPv4 addresses')
    .option('-6, --ipv6', 'only IPv6 addresses')
    .option('--first-address', 'only the first address that has a route')
    .option('--port <port>', 'TCP port, instead of the one of the URL (443, then 80, for a bare host)')
    .option('--sni <name>', 'server name for TLS, instead of the one of the target')
    .option('--path <path>', 'path to download when the TLS handshake alone is too short')
    .option('--interface <name>', 'leave through this interface')
    .option('--source <address>', 'leave from this address')
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
    .option('--expect-mtu <bytes>', 'exit with 1 when a path is proved to carry less')
    .option('--fail-on <verdict>', `${RANKED_VERDICTS.join(', ')}: exit with 1 from here on (default: delayed)`)
    .option('--environment <name>', 'show what to change there; docs/remedies.md has all (default: what is detected)')
    .option('--format <format>', `${FORMATS.join(', ')} (default: text)`)
    .option('--output <file>', 'write the report there instead of stdout')
    .option(
      '--report <format=file>',
      'write the report there as well, as in junit=report.xml; may be repeated',
      collect,
    )
    .option('--evidence', 'show what became of each size, to be pasted for whoever runs the network')
    .option('--log-level <level>', `${LOG_LEVELS.join(', ')}, to stderr (default: warn)`)
    .option('-q, --quiet', 'no progress on the terminal');
}

export function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
