import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../../../../src/service/contract.ts';
import { Backlog, MOST_PENDING, OLDEST_MS } from '../../../../src/service/notify/backlog.ts';
import { CHOICES, isNotified } from '../../../../src/service/notify/kinds.ts';
import { BLACK_HOLE, CLEAR } from '../../report/reports.ts';
import { change, MadeUpHistory, START, turn } from './made-up.ts';

const NOW = new Date(START);

async function looked(history: MadeUpHistory): Promise<Backlog> {
  const backlog = new Backlog(history, 'receiver');
  await backlog.look();
  return backlog;
}

/** @returns the numbers of all that is delivered. */
function delivered(backlog: Backlog): number[] {
  const ids: number[] = [];
  for (let event = backlog.head(NOW); event !== null; event = backlog.head(NOW)) {
    ids.push(event.id);
    backlog.settle();
  }
  return ids;
}

describe('what a receiver has not had yet', () => {
  it('begins at the newest event for whoever is new', async () => {
    const history = new MadeUpHistory();
    history.add(change(), change());
    const backlog = await looked(history);
    expect(backlog.length).toBe(0);
    history.add(change());
    await backlog.look();
    expect(delivered(backlog)).toEqual([3]);
    expect(history.cursor('receiver')).toBe(3);
  });

  it('begins behind the cursor for whoever is known', async () => {
    const history = new MadeUpHistory();
    history.add(change(), change('masked'), change(), change('slot-missed'));
    history.moveCursor('receiver', 1);
    const backlog = await looked(history);
    expect(backlog.length).toBe(1);
    expect(delivered(backlog)).toEqual([3]);
    // What is of no interest is not looked at again.
    expect(history.cursor('receiver')).toBe(4);
  });

  it('leaves the cursor where it is until the head is settled', async () => {
    const history = new MadeUpHistory();
    history.moveCursor('receiver', 0);
    history.add(change('masked'), change(), change());
    const backlog = await looked(history);
    expect(backlog.head(NOW)?.id).toBe(2);
    expect(history.cursor('receiver')).toBe(0);
    backlog.settle();
    expect(history.cursor('receiver')).toBe(2);
  });

  it('is bounded in number: the newest stay', async () => {
    const history = new MadeUpHistory();
    history.moveCursor('receiver', 0);
    history.add(
      ...Array.from({ length: 3 * MOST_PENDING }, (_, index) => change(index % 2 ? 'verdict-changed' : 'masked')),
    );
    const backlog = await looked(history);
    expect(backlog.skipped).toBe(MOST_PENDING / 2);
    expect(backlog.length).toBe(MOST_PENDING);
    expect(history.cursor('receiver')).toBe(MOST_PENDING);
    expect(delivered(backlog)[0]).toBe(MOST_PENDING + 2);
  });

  it('is bounded in age', async () => {
    const history = new MadeUpHistory();
    history.moveCursor('receiver', 0);
    const ago = (ms: number) => change('verdict-changed', new Date(NOW.getTime() - ms).toISOString());
    history.add(ago(OLDEST_MS + 1), ago(OLDEST_MS), ago(0));
    const backlog = await looked(history);
    expect(delivered(backlog)).toEqual([2, 3]);
    expect(backlog.skipped).toBe(1);
  });

  it('passes over what the history has forgotten', async () => {
    const history = new MadeUpHistory();
    history.moveCursor('receiver', 0);
    history.add(change(), change(), change());
    const backlog = await looked(history);
    history.events.splice(0, 2);
    expect(delivered(backlog)).toEqual([3]);
    expect(backlog.skipped).toBe(2);
  });
});

describe('what is worth a notification', () => {
  it('is decided for every kind, with a reason', () => {
    expect(Object.keys(CHOICES)).toEqual([...EVENT_KINDS]);
    expect(Object.values(CHOICES).filter(({ reason }) => reason === '')).toEqual([]);
  });

  it('a path that is found clear is no news', () => {
    expect(isNotified({ kind: 'path-found', after: turn(CLEAR) })).toBe(false);
    expect(isNotified({ kind: 'path-found', after: turn(BLACK_HOLE) })).toBe(true);
    expect(isNotified({ kind: 'verdict-changed', after: turn(CLEAR) })).toBe(true);
  });
});
