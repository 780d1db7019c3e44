import type { PathReport } from '../contract.ts';
import type { PathGroup } from './path-groups.ts';

/** What the measurement rests on: addresses, our own end, and what it cost. */
export function footSentence(group: PathGroup): string {
  const [{ egress }] = group;
  const methods = new Set(group.flatMap(({ forward, reverse }) => [...forward.provedBy, ...reverse.provedBy]));
  const facts = [
    `from ${egress.address} (${egress.interface}, MTU ${egress.mtu})`,
    ...(group.length === 1 ? [] : [`to ${group.map(({ address }) => address).join(', ')}`]),
    ...(methods.size === 0 ? [] : [`by ${[...methods].join(', ')}`]),
    ...roundTrips(group),
    `${sum(group, ({ packets }) => packets)} packets, ${sum(group, ({ connections }) => connections)} connections`,
  ];
  return facts.join('; ');
}

function sum(group: PathGroup, pick: (cost: PathReport['cost']) => number): number {
  return group.reduce((total, { cost }) => total + pick(cost), 0);
}

function roundTrips(group: PathGroup): string[] {
  const known = group.map(({ rttMs }) => rttMs).filter((rtt) => rtt !== null);
  if (known.length === 0) return [];
  const [least, most] = [ms(Math.min(...known)), ms(Math.max(...known))];
  return [`round trip ${least === most ? least : `${least} to ${most}`} ms`];
}

/** Inside one machine a round trip takes hundredths of a millisecond. */
function ms(rtt: number): string {
  return rtt.toFixed(rtt < 1 ? 2 : 1);
}
