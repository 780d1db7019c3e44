/** A path whose narrow place can be changed while it is watched: the scenarios of two routers in a row. */

import type { Scene } from './scene.ts';

export const TARGET = 'server.lab.test';

/** Both ends of the link between the routers, one right after the other. */
export async function setLink(scene: Scene, mtu: number): Promise<void> {
  const ends = ['R1 link set r1b', 'R2 link set r2a'];
  await scene.script('', ...ends.map((end) => `ip -n ${end} mtu ${mtu}`));
}

/** The server is never told that what it sends is too large: downloads hang. */
export async function silenceServersRouter(scene: Scene): Promise<void> {
  const rule = 'oifname "r2b" icmp type destination-unreachable icmp code 4 drop';
  await scene.script('R2', nft('inet silenced', 'type filter hook output priority 0', rule));
}

/** Counts what the client sends, as packets: nothing on its link puts them together or takes them apart. */
export async function countSent(scene: Scene, ...above: readonly number[]): Promise<void> {
  const rules = above.map((size) => `meta length > ${size} counter comment "above ${size}"`);
  await scene.script('R1', nft('netdev sent', 'type filter hook ingress device "r1a" priority 0', ...rules));
}

/** Packets of the client that were larger than one of those sizes. */
export async function sentAbove(scene: Scene, size: number): Promise<number> {
  const listed = await scene.run('R1', 'nft', 'list', 'table', 'netdev', 'sent');
  const [, packets] = new RegExp(`packets (\\d+) bytes \\d+ comment "above ${size}"`).exec(listed) ?? [];
  if (packets === undefined) throw new Error(`nothing counts what is above ${size}: ${listed}`);
  return Number(packets);
}

function nft(table: string, hook: string, ...rules: readonly string[]): string {
  return ["nft -f - <<'END'", `table ${table} {`, 'chain only {', `${hook};`, ...rules, '}', '}', 'END'].join('\n');
}
