import type { Direction, PathReport } from '../contract.ts';

/** A name has one path per address, and mostly they are alike. At least one path. */
export type PathGroup = readonly [PathReport, ...PathReport[]];

/** Paths of one target that came to the same result, in the order in which the first of each stands in the report. */
export function pathGroups(paths: readonly PathReport[]): PathGroup[] {
  const groups = new Map<string, [PathReport, ...PathReport[]]>();
  for (const path of paths) {
    const key = JSON.stringify(sameness(path));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [path]);
    else group.push(path);
  }
  return [...groups.values()];
}

/** What a path came to: addresses, of either family, and what measuring it cost make no difference. */
function sameness({ target, port, transport, verdict, egress, forward, reverse, findings }: PathReport): unknown {
  const result = ({ pathMtu, exact, behaviour, masked }: Direction): unknown => [pathMtu, exact, behaviour, masked];
  const codes = findings.map(({ code }) => code);
  return [target, port, transport, verdict, egress.interface, egress.mtu, result(forward), result(reverse), codes];
}
