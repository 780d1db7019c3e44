import { describe, expect, it } from 'vitest';
import { MOST_PENDING } from '../../../src/service/notify/backlog.ts';
import { CHOICES } from '../../../src/service/notify/kinds.ts';
import { HEADERS, LONGEST_BODY, OMISSIONS } from '../../../src/service/notify/message.ts';
import { document, firstColumn, section } from './documents.ts';

const PAGE = document('docs/notifications.md');

describe('docs/notifications.md', () => {
  it('has every kind of event with the reason of the code, and no other', () => {
    const rows = section(PAGE, 'What is told')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
      .map(([, kind, notified, reason]) => [kind, { notified, reason }]);
    expect(Object.fromEntries(rows)).toEqual(CHOICES);
  });

  it('has every header, and no other', () => {
    expect(firstColumn(section(PAGE, 'Headers'))).toEqual([...HEADERS]);
  });

  it('has every part that may be left out, and no other', () => {
    expect(firstColumn(section(PAGE, 'Body'))).toEqual([...OMISSIONS]);
  });

  it('has the numbers of the code', () => {
    expect(PAGE).toContain(`At most ${LONGEST_BODY} bytes.`);
    expect(PAGE).toContain(`At most ${MOST_PENDING} events wait`);
  });
});
