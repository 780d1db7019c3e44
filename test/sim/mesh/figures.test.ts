import { describe, expect, it } from 'vitest';
import { document, section } from '../../unit/docs/documents.ts';
import { BOUNDS, figuresOf, SIZES } from './figures.ts';

/** Ten thousand agents each look at all others once: seconds, more beside other work. */
const TIMEOUT_MS = 60_000;

const ROWS = section(document('docs/peers.md'), 'Rounds')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(1);

describe.each(SIZES)('$agents agents', (size) => {
  it(
    'meet as promised, and as docs/peers.md says',
    () => {
      const figures = figuresOf(size);
      const { agents, bound, stable, churn, newcomers, remembers, forgets, load } = figures;
      expect(stable).toBeLessThanOrEqual(bound);
      expect(newcomers).toBeLessThanOrEqual(bound);
      // Each who joins delays the others by one place.
      const places = agents - 1 + agents / 10;
      expect(churn).toBeLessThanOrEqual(Math.ceil(places / BOUNDS.perRound));
      expect(remembers).toBeLessThanOrEqual(bound);
      expect(forgets).toBeLessThan(2 * bound + 1);
      if (agents > BOUNDS.fullMesh) expect(load).toBeLessThanOrEqual(30);
      const row = `| ${Object.values(figures).join(' | ')} |`;
      expect(ROWS).toContain(row);
    },
    TIMEOUT_MS,
  );
});

it('docs/peers.md has no figures of other sizes, and names the bounds they are for', () => {
  expect(ROWS).toHaveLength(SIZES.length);
  expect(section(document('docs/peers.md'), 'Rounds')).toContain(
    `\`fullMesh: ${BOUNDS.fullMesh}\` and \`perRound: ${BOUNDS.perRound}\``,
  );
});
