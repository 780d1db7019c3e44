import { describe, expect, it } from 'vitest';
import { fieldSize, type Layout } from '../../../src/wire/layout.ts';
import * as wire from '../../../src/wire/responder.ts';
import { document } from './documents.ts';

const PROTOCOL = document('docs/protocol.md');

/** The cells of the table below a heading of any level, without its own heading. */
function table(heading: string): string[][] {
  const part = PROTOCOL.split(/^#{2,3} /m).find((text) => text.startsWith(`${heading}\n`));
  if (part === undefined) throw new Error(`there is no heading "${heading}"`);
  const rows = part.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
}

function documented(layout: Layout): string[][] {
  let offset = 0;
  return layout.map(([name, kind]) => {
    const row = [`${offset}`, `${fieldSize(kind)}`, name];
    offset += fieldSize(kind);
    return row;
  });
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  Header: wire.HEADER,
  'Body of `probe`': wire.PROBE,
  'Body of `wave`': wire.WAVE,
  'Body of `wave packet`': wire.WAVE_PACKET,
  'Body of `welcome`': wire.WELCOME,
  'Body of `ack`': wire.ACK,
  'Body of `data`': wire.DATA,
  'Body of `limit`': wire.LIMIT,
  'Body of `told`': wire.TOLD,
  'Body of `state`': wire.STATE,
  'Body of `error`': wire.ERROR,
  'TCP request': wire.TCP_REQUEST,
  Record: wire.RECORD,
  'Body of `report`': wire.REPORT,
};

describe('docs/protocol.md', () => {
  it.each(Object.entries(LAYOUTS))('has the fields of the code: %s', (heading, layout) => {
    expect(table(heading).map((row) => row.slice(0, 3))).toEqual(documented(layout));
  });

  it.each([
    ['Types', { ...wire.REQUEST_TYPES, ...wire.ANSWER_TYPES }],
    ['Operations', wire.OPERATIONS],
    ['Errors', wire.ERROR_CODES],
  ])('has the numbers of the code: %s', (heading, numbers) => {
    const rows = Object.entries(numbers).map(([name, number]) => [`${number}`, name]);
    expect(table(heading).map((row) => row.slice(0, 2))).toEqual(rows);
  });

  it('has the sizes and the version of the code', () => {
    for (const text of [
      `on port\n${wire.RESPONDER_PORT}`,
      `This is version ${wire.PROTOCOL_VERSION}.`,
      `at least ${wire.SMALLEST_REQUEST} bytes`,
      `at most ${wire.MOST_WAVE_PACKETS}`,
      `at least ${wire.smallestData(4)}, for IPv6 ${wire.smallestData(6)}`,
      `\`bytes\` zeros, ${wire.LONGEST_REPLY} at most`,
      `${wire.RECORD_TYPES.report}: \`report\`; ${wire.RECORD_TYPES.error}: \`error\``,
      `0x${wire.NOT_TIMED.toString(16)} elsewhere`,
      `(0x${wire.MAGIC.toString(16)})`,
    ])
      expect(PROTOCOL).toContain(text);
  });
});
