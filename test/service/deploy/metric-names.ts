import { document } from '../../unit/docs/documents.ts';

/** Every metric of the service: rules and dashboard may ask for these, and for `up` of Prometheus itself. */
const METRIC_NAMES = [...document('docs/metrics.md').matchAll(/^\| `(mtu_probe_\w+)` \|/gm)].map(([, name]) => name);

/** @returns the names in an expression that no metric has. */
export function strangersIn(expr: string): string[] {
  return [...expr.matchAll(/\bmtu_probe_\w+/g)].map(([name]) => name).filter((name) => !METRIC_NAMES.includes(name));
}
