/**
 * Text exposition format 0.0.4 of Prometheus, as the textfile collector of node_exporter reads it from `*.prom`. The
 * collector refuses samples with timestamps, and a whole file for one line that it does not understand or reads twice.
 */

import type { Report } from '../contract.ts';
import { METRICS, type Sample } from './metrics.ts';
import { printable } from './printable.ts';

export function formatPrometheus(report: Report): string {
  return METRICS.flatMap(({ name, help, samples }) => {
    const lines = new Map<string, string>();
    for (const { labels, value } of samples(report)) {
      const series = name + labelsOf(labels);
      if (value !== null && !lines.has(series)) lines.set(series, `${series} ${value}`);
    }
    return lines.size === 0 ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines.values()];
  })
    .map((line) => `${line}\n`)
    .join('');
}

function labelsOf(labels: Sample['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** The format escapes these three and takes all else as it is. */
function escaped(value: string): string {
  return printable(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
