import type { PathReport } from '../contract.ts';

/** Where a path leads, other than its target: `198.51.100.70, port 443`. */
export function placeOf({ address, port, transport }: PathReport): string {
  if (port === null) return address;
  return `${address}, ${transport === 'udp' ? 'UDP ' : ''}port ${port}`;
}
