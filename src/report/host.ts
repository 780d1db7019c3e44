import type { PathReport } from '../contract.ts';

/** The target as people call it: without scheme, port and path. */
export function hostOf({ url }: Pick<PathReport, 'url'>): string {
  return new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
}
