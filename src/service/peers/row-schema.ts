/** What a peer answers, read: it may be of another version, broken or hostile. */

import * as v from 'valibot';
import { BEHAVIOURS, VERDICTS } from '../../contract.ts';
import { oneLine } from '../../report/printable.ts';
import type { MeshCell, MeshRow } from '../contract.ts';
import { MOST_AGENTS } from './agents.ts';

/** A DNS name is no longer (RFC 1035 §2.3.4), and behind it stands at most a port. */
const LONGEST_NAME = 253 + ':65535'.length;
const LONGEST_VERSION = 40;
/** Of the loopback interface, the largest that there is (drivers/net/loopback.c). */
const LARGEST_SIZE = 65_536;

const DIRECTION = v.object({
  pathMtu: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LARGEST_SIZE))),
  exact: v.boolean(),
  // What a later version says and this one has no word for is not known here.
  behaviour: v.fallback(v.picklist(BEHAVIOURS), 'unknown'),
});

const CELL = v.object({
  peer: v.pipe(v.string(), v.maxLength(LONGEST_NAME)),
  verdict: v.nullable(v.fallback(v.picklist(VERDICTS), 'inconclusive')),
  at: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
  forward: v.nullable(DIRECTION),
  reverse: v.nullable(DIRECTION),
  pathId: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))),
});

/** Fields that a later version adds are left out. */
const ROW = v.object({
  version: v.pipe(v.string(), v.maxLength(LONGEST_VERSION), v.transform(oneLine)),
  rounds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_AGENTS)),
  cells: v.pipe(v.array(CELL), v.maxLength(MOST_AGENTS)),
});

/**
 * A row is that of the agent that was asked, whatever it calls itself, and speaks of agents known here, of each once:
 * nobody adds rows or columns to the picture.
 *
 * @returns `null` for what is no row.
 */
export function readRow(text: string, agent: string, known: ReadonlySet<string>): MeshRow | null {
  const parsed = v.safeParse(ROW, readJson(text), { abortEarly: true });
  if (!parsed.success) return null;
  const { version, rounds, cells } = parsed.output;
  const usable = cells.filter(({ peer }) => peer !== agent && known.has(peer));
  const unique = new Map(usable.map((cell): [string, MeshCell] => [cell.peer, cell]));
  return { agent, version, rounds, cells: [...unique.values()] };
}

/** @returns `undefined`, which is no row either, for what is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
