import type { Direction } from '../contract.ts';

/** What nothing but pings says: they are lost on either way, and limited for reasons of their own. */
export function isByPingsAlone({ provedBy }: Direction): boolean {
  return provedBy.length > 0 && provedBy.every((method) => method.startsWith('icmp-'));
}
