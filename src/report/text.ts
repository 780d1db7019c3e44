/**
 * A report for the person whose job hangs: verdict, what happens, both directions, what that means, what to paste.
 *
 *   black-hole  rubygems.org (198.51.100.70, port 443)
 *     Downloads from rubygems.org hang: …
 *
 *     forward  you ──1500──▶ 172.17.0.1 ──1450──▶ rubygems.org
 *              1450 bytes arrive; larger ones are refused, and …
 *     reverse  you ◀──1450──✗──1500── rubygems.org
 *              …
 *
 *     TCP      downloads hang; …
 *     UDP      …
 *     cause    perhaps …
 *     fix      Set the MTU of eth0 … to 1450
 *
 *     drone, in .drone.yml:
 *         …
 */

import type { PathReport, Report } from '../contract.ts';
import { evidenceLines } from './evidence-lines.ts';
import type { FormatContext } from './formatter.ts';
import { painted } from './painted.ts';
import { groupLines } from './path-block.ts';
import { pathGroups } from './path-groups.ts';
import { skippedLines } from './skipped-lines.ts';

/** No line is longer than 80 columns unless an address is. Ends with a newline. */
export function formatText(report: Report, context: Omit<FormatContext, 'failOn'>): string {
  const { palette, evidence } = context;
  const { verdict, paths, skipped } = report;
  const blocks = pathGroups(paths).map((group) => groupLines(group, context));
  if (evidence) blocks.push(...paths.map((path) => evidenceLines(path, report)));
  if (paths.length === 0) blocks.push([`${painted(verdict, palette)}  nothing could be measured`]);
  if (skipped.length > 0) blocks.push(skippedLines(skipped));
  if (paths.length > 1) blocks.push([`${painted(verdict, palette)}  ${paths.length} paths in all${agreement(paths)}`]);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Whether the addresses of a name came to the same; empty where each has only one. */
function agreement(paths: readonly PathReport[]): string {
  const both = overBoth(paths);
  if (both !== null) return both;
  const targets = [...new Set(paths.map(({ target }) => target))];
  const several = targets.filter((target) => addressesOf(paths, target) > 1);
  if (several.length === 0) return '';
  const torn = several.filter((target) => pathGroups(paths.filter((path) => path.target === target)).length > 1);
  if (torn.length === 0) return `: all addresses of ${several.join(' and ')} agree`;
  return `: the addresses of ${torn.join(' and ')} do not agree`;
}

/** Each address was measured over TCP and over UDP, and nothing else was; `null` where that is not so. */
function overBoth(paths: readonly PathReport[]): string | null {
  const [tcp, udp] = (['tcp', 'udp'] as const).map((transport) => paths.filter((path) => path.transport === transport));
  if (tcp === undefined || udp === undefined || udp.length === 0) return null;
  const isPaired = tcp.every(
    ({ address, port }, index) => udp[index]?.address === address && udp[index]?.port === port,
  );
  if (!isPaired || tcp.length !== udp.length) return null;
  const words = (group: readonly PathReport[]): string =>
    [...new Set(group.map(({ verdict }) => verdict))].join(' and ');
  return `: TCP ${words(tcp)}; UDP (QUIC, DNS, VPNs) ${words(udp)}`;
}

/** Of one transport: TCP and UDP are two paths to the same address. */
function addressesOf(paths: readonly PathReport[], target: string): number {
  return new Set(paths.filter((path) => path.target === target).map(({ address }) => address)).size;
}
