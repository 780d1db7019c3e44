import { describe, expect, it } from 'vitest';
import { announcement, changesOf, withEvents } from '../../../src/dashboard/model/news.ts';
import { EVENTS, madeEvent } from '../../browser/made-up.ts';

describe('news', () => {
  it('stand newest first, each once, however they came', () => {
    const events = withEvents(withEvents([madeEvent(5)], EVENTS), [madeEvent(4), madeEvent(5)]);
    expect(events.map(({ id }) => id)).toEqual([5, 4, 3, 2, 1]);
  });

  it('lose the oldest first', () => {
    expect(withEvents(EVENTS, [madeEvent(9)], 2).map(({ id }) => id)).toEqual([9, 3]);
  });

  it('are said once, and not where nothing changed for anybody', () => {
    const event = madeEvent(9);
    expect(announcement(EVENTS, event)).toBe(event.summary);
    expect(announcement([event], event)).toBeNull();
    expect(announcement(EVENTS, madeEvent(9, { kind: 'slot-missed' }))).toBeNull();
  });

  it('show only what changed, before and after', () => {
    expect(changesOf(madeEvent(1))).toEqual([
      { what: 'verdict', before: 'clear', after: 'black hole' },
      { what: 'forward path MTU', before: '1500', after: '1450' },
      { what: 'reverse path MTU', before: '1500', after: '1450' },
    ]);
    const { after } = madeEvent(1);
    expect(changesOf(madeEvent(1, { before: after }))).toEqual([]);
    expect(changesOf(madeEvent(1, { before: null }))).toEqual([]);
  });
});
