/** What `docs/peers.md` states of meshes of three sizes, found out by letting their agents choose. */

import { type Bounds, roundsFor, turnsInRound } from '../../../src/service/peers/choose.ts';
import { Rota } from '../../../src/service/peers/rota.ts';
import { agentNames, firstLoads, firstMeetings, lastMeeting, sample } from './agents.ts';

export const BOUNDS: Bounds = { fullMesh: 32, perRound: 8 };

export interface Size {
  readonly agents: number;
  /** So many of them are watched, each with all its peers. */
  readonly watched: number;
}

export const SIZES: readonly Size[] = [
  { agents: 10, watched: 10 },
  { agents: 1_000, watched: 20 },
  { agents: 10_000, watched: 1 },
];

/** All but the first and the last two are rounds: the most of all watched agents. */
export interface Figures {
  readonly agents: number;
  /** Peers that an agent measures in one round. */
  readonly inRound: number;
  /** What is promised while nobody comes or goes. */
  readonly bound: number;
  /** Until all peers were met. */
  readonly stable: number;
  /** Until those were met who stay, when a tenth leaves and as many join half way. */
  readonly churn: number;
  /** Until all who joined were met, since then. */
  readonly newcomers: number;
  /** Between two meetings with the same peer, when the agent is restarted between them and remembers. */
  readonly remembers: number;
  /** The same when it forgets. */
  readonly forgets: number;
  /** How many measure the same agent in the first round, at most. */
  readonly load: number;
}

export function figuresOf({ agents, watched }: Size): Figures {
  const names = agentNames(agents);
  const tenth = agents / 10;
  // Those who leave are the last, and none of the watched.
  const stay = names.slice(0, agents - tenth);
  const joined = agentNames(tenth, agents);
  const observers = sample(stay, watched);
  const worst = (of: (self: string) => number): number => Math.max(...observers.map(of));
  const bound = roundsFor(agents - 1, BOUNDS);
  const half = Math.ceil(bound / 2);
  const inChurn = observers.map((self) => {
    const rounds = [...repeat(names, half), ...repeat([...stay, ...joined], bound)];
    return { others: without(self, stay), met: firstMeetings(new Rota(self, BOUNDS), rounds) };
  });
  const waits = observers.map((self) => longestWaits(self, names));
  return {
    agents,
    inRound: turnsInRound(agents - 1, BOUNDS),
    bound,
    stable: worst((self) => {
      return lastMeeting(firstMeetings(new Rota(self, BOUNDS), repeat(names, bound)), without(self, names));
    }),
    churn: Math.max(...inChurn.map(({ others, met }) => lastMeeting(met, others))),
    newcomers: Math.max(...inChurn.map(({ met }) => lastMeeting(met, joined))) - half,
    remembers: Math.max(...waits.map(({ remembers }) => remembers)),
    forgets: Math.max(...waits.map(({ forgets }) => forgets)),
    load: Math.max(...firstLoads(names, BOUNDS)),
  };
}

/** From the last meeting before a restart, one and a half times round, to the first one after it. */
function longestWaits(self: string, names: readonly string[]): Pick<Figures, 'remembers' | 'forgets'> {
  const bound = roundsFor(names.length - 1, BOUNDS);
  const before = bound + Math.ceil(bound / 2);
  const rota = new Rota(self, BOUNDS);
  // How many rounds ago, seen from the first one after the restart.
  const ages = new Map<string, number>();
  for (let ago = before; ago > 0; ago -= 1) for (const peer of rota.next(names)) ages.set(peer, ago);
  const wait = (memory: ReadonlyMap<string, number>): number => {
    const met = firstMeetings(new Rota(self, BOUNDS, memory), repeat(names, bound));
    return lastMeeting(
      new Map([...met].map(([peer, round]) => [peer, (ages.get(peer) ?? Infinity) + round - 1])),
      without(self, names),
    );
  };
  return { remembers: wait(ages), forgets: wait(new Map()) };
}

function repeat(names: readonly string[], rounds: number): (readonly string[])[] {
  return Array.from({ length: rounds }, () => names);
}

function without(self: string, names: readonly string[]): string[] {
  return names.filter((name) => name !== self);
}
