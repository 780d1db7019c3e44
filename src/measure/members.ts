/**
 * Ways that share the load and do not carry the same: found when one flow loses what another one carries, proved when
 * it loses it again and again, and then searched by the flows that lose.
 *
 * Where routers choose by more than ports (IPv6 flow labels, which every connection draws anew), the same port goes
 * another way the next time. Then many flows are asked once more: chance does not take several of them twice.
 */

import type { FlowLog } from '../search/flow-log.ts';
import type { Member, SearchResult } from '../search/measurement.ts';
import type { Search } from '../search/search.ts';
import type { PathContext } from './context.ts';
import type { Again, FlowProber } from './flow-prober.ts';
import type { Plan } from './plan.ts';
import { newMemberSearch, summarize } from './searching.ts';

/** How the search of a direction ended. */
export interface SearchEnd {
  readonly settled: boolean;
  /** What flows that lose more than others came to; `null` where all agree. */
  readonly members: SearchResult | null;
}

/** A flow by chance unlucky loses a packet and its repetitions once; this often in a row it is its way. */
const ROUNDS = 2;
/** After a search: a port that goes either way by chance passes one time in eight. */
const LOOKS = 3;
/** Flows lost at once, and again among new ones: at one lost packet in ten, chance does that in one run of 20 000. */
const MANY = 2;

/** Ways narrower than the one before that are looked for; more of them are not told apart. */
const MOST_WAYS = 3;

/**
 * @param found what was found so far, over all flows.
 * @returns the word of the flows that carry less; `null` where all agree.
 */
export async function searchMembers(
  context: PathContext,
  log: FlowLog,
  found: Search,
  floor: number,
  prober: FlowProber,
): Promise<SearchResult | null> {
  const { arrived } = found.bracket;
  const suspects = log.suspects(arrived);
  if (suspects.length === 0 || arrived === null) return null;
  const ports = await stillLosing(context, prober, log, arrived, suspects);
  if (ports.length === 0) {
    return suspects.length < MANY ? null : searchUnsteady(context.plan, log, arrived, prober);
  }
  return searchNarrower(context, log, floor, prober, arrived, ports);
}

/** Those of the ports that lose a size each time; the ones that carry it are cleared: it was by chance. */
async function stillLosing(
  { limits }: PathContext,
  prober: FlowProber,
  log: FlowLog,
  size: number,
  suspects: readonly number[],
): Promise<readonly number[]> {
  let ports = suspects;
  for (let round = 0; round < ROUNDS && ports.length > 0 && !limits.reached; round += 1) {
    const { lost, carried } = await prober.again(size, ports);
    for (const port of carried) log.clear(port);
    // Of the rest nothing is known: neither that they lose it, nor that it was chance.
    ports = lost;
  }
  return limits.reached ? [] : ports;
}

/**
 * Follows the flows that lose what others carry, down to the narrowest way: what one of them carries, all of them are
 * asked for, and those that lose it belong to a narrower way still.
 */
async function searchNarrower(
  context: PathContext,
  log: FlowLog,
  floor: number,
  prober: FlowProber,
  widest: number,
  losing: readonly number[],
): Promise<SearchResult | null> {
  const { plan } = context;
  const members: Member[] = [{ pathMtu: widest, flows: log.shares(widest).carried }];
  let ports = losing;
  let top = widest;
  for (let way = 0; ; way += 1) {
    const member = newMemberSearch(plan, floor, top);
    for (let loss = 0; loss < Math.max(ROUNDS, member.required); loss += 1) member.onOutcome(top, { kind: 'missing' });
    const settled = await prober.search(member, ports);
    const steadiness = member.bracket.overruled > 0 ? 'unsteady' : await lookAgain(prober, top, ports);
    if (steadiness === 'unsteady') return searchUnsteady(plan, log, top, prober);
    const { pathMtu, ...rest } = summarize(member, prober.method, top, settled && steadiness === 'steady');
    const { lost, carried } = pathMtu === null ? NOBODY : await prober.again(pathMtu, ports);
    const narrower = pathMtu === null ? [] : await stillLosing(context, prober, log, pathMtu, lost);
    members.push({ pathMtu, flows: ports.length - narrower.length });
    const isAgreed = lost.length === 0 && carried.length === ports.length;
    if (narrower.length === 0 || pathMtu === null || way + 1 >= MOST_WAYS) {
      const isNarrowest =
        isAgreed && rest.settledBy !== null && pathMtu !== null && (await noneNarrower(prober, plan, pathMtu));
      return { ...rest, pathMtu, settledBy: isNarrowest ? rest.settledBy : null, members };
    }
    ports = narrower;
    top = pathMtu;
  }
}

/** Flows that lost only larger sizes were never asked for this one: new ones stand for them. */
async function noneNarrower(prober: FlowProber, plan: Plan, size: number): Promise<boolean> {
  const { lost, arrived } = await prober.sample(size, plan.flows);
  return lost === 0 && arrived > 0;
}

const NOBODY: Again = { lost: [], carried: [] };

/**
 * Ports that lose it every time: what they came to is one way's word, and not that of several. `unknown` where nothing
 * is heard any more, or no more connections may be opened.
 */
async function lookAgain(
  prober: FlowProber,
  size: number,
  ports: readonly number[],
): Promise<'steady' | 'unsteady' | 'unknown'> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { lost, carried } = await prober.again(size, ports);
    if (carried.length > 0) return 'unsteady';
    if (lost.length === 0) return 'unknown';
  }
  return 'steady';
}

/** The flows cannot be told apart by their ports: nothing but the fact that they differ is proved. */
async function searchUnsteady(
  plan: Plan,
  log: FlowLog,
  size: number,
  prober: FlowProber,
): Promise<SearchResult | null> {
  const { lost, arrived } = await prober.sample(size, plan.flows);
  if (lost < MANY || arrived === 0) return null;
  const search = newMemberSearch(plan, plan.floor, size);
  for (let loss = 0; loss < lost; loss += 1) search.onOutcome(size, { kind: 'missing' });
  const shares = log.shares(size);
  return {
    ...summarize(search, prober.method, size, false),
    pathMtu: log.undisputed,
    members: [
      { pathMtu: size, flows: shares.carried },
      { pathMtu: null, flows: shares.lost },
    ],
  };
}

/**
 * What a search may say where flows lost what others carried, and it could not be found out why: nothing above the first
 * size that any of them lost, and no number for certain.
 */
export function withoutDisputed(found: SearchResult, log: FlowLog): SearchResult {
  if (log.suspects(found.pathMtu).length === 0) return found;
  return { ...found, pathMtu: log.undisputed, settledBy: null };
}
