/** A scrape: made anew from what the service knows now, so that what is gone has no series. */

import { Counter, Gauge, Registry } from 'prom-client';
import { printable } from '../../report/printable.ts';
import type { ServiceView } from '../view.ts';
import { PATH_METRICS } from './paths.ts';
import { PROCESS_METRICS } from './process.ts';
import type { Series, ServiceMetric } from './series.ts';
import { SERVICE_METRICS } from './service.ts';
import { TARGET_METRICS } from './targets.ts';

export const EXPOSITION_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Every metric there is; `docs/metrics.md` lists them. */
const SERVICE_EXPOSITION: readonly ServiceMetric[] = [
  ...PATH_METRICS,
  ...TARGET_METRICS,
  ...SERVICE_METRICS,
  ...PROCESS_METRICS,
];

/** In the text format 0.0.4 of Prometheus. */
export async function exposition(view: ServiceView): Promise<string> {
  const registry = new Registry();
  for (const metric of SERVICE_EXPOSITION) register(metric, metric.series(view), registry);
  return registry.metrics();
}

function register({ name, type, help }: ServiceMetric, series: readonly Series[], registry: Registry): void {
  const labelNames = [...new Set(series.flatMap(({ labels }) => Object.keys(labels)))];
  const configuration = { name, help, labelNames, registers: [registry] };
  const gauge = type === 'gauge' ? new Gauge(configuration) : null;
  const counter = gauge === null ? new Counter(configuration) : null;
  for (const { labels, value } of series) {
    if (value === null) continue;
    // Names come from outside; a report shows them the same way, so that both can be joined.
    const shown = Object.fromEntries(Object.entries(labels).map(([label, text]) => [label, printable(text)]));
    gauge?.set(shown, value);
    counter?.inc(shown, value);
  }
}
