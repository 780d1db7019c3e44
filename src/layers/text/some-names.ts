import { fitted } from './columns.ts';

const MOST = 3;

/** The first few, each no longer than that, and how many others there are. */
export function someNames(names: readonly string[], width: number): string {
  const shown = names
    .slice(0, MOST)
    .map((name) => fitted(name, width))
    .join(', ');
  const left = names.length - MOST;
  return left > 0 ? `${shown} and ${left} more` : shown;
}
