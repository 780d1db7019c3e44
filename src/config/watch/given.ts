/** Which settings were given, by whom: the command line outranks the environment, which outranks the file. */

import { nameOf, type Place, refuse } from './place.ts';
import type { SettingKey } from './settings.ts';
import type { Tree } from './tree.ts';

/** At most one per setting: what outranks the others. */
export type Given = ReadonlyMap<SettingKey, Tree>;

const RANKS = ['file', 'environment', 'flag'] as const satisfies readonly Place['source']['kind'][];

/** One of two, whichever outranks the other; and what goes with the second alone. */
const EXCLUSIVE: readonly (readonly [one: SettingKey, other: SettingKey, withOther: SettingKey | null])[] = [
  // The time zone may be that of targets with cron expressions of their own.
  ['interval', 'cron', null],
  ['peers.interval', 'peers.cron', 'peers.timeZone'],
  ['peers.hosts', 'peers.dns', null],
];

/** @param layers the weakest first. @throws UsageError where one layer says two things that exclude each other. */
export function outranked(...layers: readonly Given[]): Given {
  const given = new Map(layers.flatMap((layer) => [...layer]));
  for (const [one, other, withOther] of EXCLUSIVE) {
    const [first, second] = [given.get(one), given.get(other)];
    if (first === undefined || second === undefined) continue;
    if (rank(first) === rank(second)) refuse(second.place, `excludes ${nameOf(first.place)}: leave one of them out`);
    if (rank(first) < rank(second)) given.delete(one);
    else for (const key of [other, withOther]) if (key !== null) given.delete(key);
  }
  return given;
}

/** The higher, the more it counts. */
function rank(tree: Tree): number {
  return RANKS.indexOf(tree.place.source.kind);
}
