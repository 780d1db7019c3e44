import type { PathReport } from '../contract.ts';

/** The target as people call it: without scheme, port and path. A zone (`fe80::1%eth0`) is no part of a legal URL. */
export function hostOf({ url }: Pick<PathReport, 'url'>): string {
  const [, bracketed, name] = /^[a-z]+:\/\/(?:\[([^\]]+)\]|([^/:]+))/i.exec(url) ?? [];
  return bracketed ?? name ?? url;
}
