import { ANY_BASE } from '../../../../src/diagnosis/causes/bases.ts';
import type { Match } from '../../../../src/diagnosis/causes/cause.ts';

/** A row's first column in docs/causes.md: `1460`, `1460 - 20`, `1500 - 62 … 78`, or `N - 50` where it may be taken from any base. */
export function label(match: Match): string {
  if (match.kind === 'number') return String(match.mtu);
  const from = match.bases === ANY_BASE ? 'N' : match.bases.join(', ');
  if (match.least < 0) return `${from} + ${-match.least}`;
  return match.least === match.most ? `${from} - ${match.least}` : `${from} - ${match.least} … ${match.most}`;
}
