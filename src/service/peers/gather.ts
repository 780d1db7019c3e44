/** The whole matrix: own row, and those of all peers, asked for a few at a time. */

import pLimit from 'p-limit';
import type { Mesh, MeshRow } from '../contract.ts';
import type { Agent } from './agents.ts';
import { type Answer, askRow } from './ask-row.ts';
import { readRow } from './row-schema.ts';

export interface GatherLimits {
  /** Peers asked at the same time. */
  readonly atOnce: number;
  /** For one answer, to its last byte. */
  readonly answerMs: number;
  /** For all of them: who has not been asked by then is not. */
  readonly allMs: number;
  /** How long they are good for: ten who look ask each peer once. */
  readonly keepMs: number;
  /** Bytes of all answers: who has not been asked by then is not. */
  readonly allBytes: number;
}

/** A page waits no longer than ten seconds; a peer that needs two is in trouble. */
export const GATHER_LIMITS: GatherLimits = {
  atOnce: 8,
  answerMs: 2_000,
  allMs: 10_000,
  keepMs: 5_000,
  // 500 rows of 500 full cells are 55 MB of JSON, and 74 MB of memory once read (measured, Node.js 20).
  allBytes: 64 * 2 ** 20,
};

/** A row of none. */
const LONGEST_EMPTY = 64 * 1024;
/** The longest name (253 bytes), and twice all else that a cell has. */
const LONGEST_CELL = 768;

/** In bytes, of one peer; more is not read. */
export function longestAnswer(agents: number): number {
  return LONGEST_EMPTY + LONGEST_CELL * agents;
}

export interface GatherOptions {
  /** What all agents share, printable ASCII; `null` asks without. */
  readonly token: string | null;
  /** Milliseconds from any moment on, never back. */
  readonly now: () => number;
  readonly limits?: GatherLimits;
}

interface Round {
  readonly answers: Promise<Mesh>;
  /** `null` while it is under way. */
  endedAt: number | null;
}

/** Nothing that is asked here makes a peer ask others: a row is what it knows already. */
export class Gatherer {
  readonly #token: string | null;
  readonly #now: () => number;
  readonly #limits: GatherLimits;
  #round: Round | null = null;

  constructor({ token, now, limits = GATHER_LIMITS }: GatherOptions) {
    this.#token = token;
    this.#now = now;
    this.#limits = limits;
  }

  /**
   * Own row first, then those of peers, by name; peers without one are `silent`, with a reason.
   *
   * Never rejects. Within `keepMs`, or while it is under way, the answers are those of the last call, less who is no
   * longer a peer; who has become one meanwhile is not in them yet.
   */
  async gather(own: MeshRow, peers: readonly Agent[]): Promise<Mesh> {
    const { rows, silent } = await this.#answers(own.agent, peers);
    const names = new Set(peers.map(({ name }) => name));
    const isPeer = ({ agent }: { readonly agent: string }): boolean => names.has(agent);
    return { rows: [own, ...rows.filter(isPeer)], silent: silent.filter(isPeer) };
  }

  #answers(self: string, peers: readonly Agent[]): Promise<Mesh> {
    const last = this.#round;
    if (last !== null && (last.endedAt === null || this.#now() - last.endedAt < this.#limits.keepMs))
      return last.answers;
    const round: Round = {
      endedAt: null,
      answers: this.#askAll(self, peers).finally(() => {
        round.endedAt = this.#now();
      }),
    };
    this.#round = round;
    return round.answers;
  }

  async #askAll(self: string, peers: readonly Agent[]): Promise<Mesh> {
    const { atOnce, answerMs, allMs, allBytes } = this.#limits;
    const known = new Set([self, ...peers.map(({ name }) => name)]);
    const deadline = this.#now() + allMs;
    let bytes = 0;
    const ask = async (peer: Agent): Promise<Answer> => {
      const timeoutMs = Math.min(answerMs, deadline - this.#now());
      if (timeoutMs <= 0) return silence('was not asked: there was no time left for it');
      if (bytes >= allBytes) return silence('was not asked: the rows of the others are as much as is read at once');
      const answer = await askRow(peer, { token: this.#token, longest: longestAnswer(known.size), timeoutMs });
      if (answer.kind === 'text') bytes += Buffer.byteLength(answer.text);
      return answer;
    };
    const rows: MeshRow[] = [];
    const silent: { agent: string; reason: string }[] = [];
    await pLimit(atOnce).map([...peers], async (peer) => {
      const answer = await ask(peer);
      // Read at once: of texts no more than a few are kept.
      const row = answer.kind === 'text' ? readRow(answer.text, peer.name, known) : null;
      if (row !== null) rows.push(row);
      else silent.push({ agent: peer.name, reason: answer.kind === 'silent' ? answer.reason : NO_ROW });
    });
    return { rows: rows.sort(byAgent), silent: silent.sort(byAgent) };
  }
}

const NO_ROW = 'answered something else than a row: it is no agent, or one of another version';

function silence(reason: string): Answer {
  return { kind: 'silent', reason };
}

function byAgent({ agent: one }: { readonly agent: string }, { agent: other }: { readonly agent: string }): number {
  return one < other ? -1 : Number(one > other);
}
