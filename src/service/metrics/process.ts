/**
 * What the process costs, under the names that Prometheus' client libraries share. prom-client's own default set also
 * counts handles, heaps and pauses, and wakes the process a hundred times a second for it.
 */

import { readdirSync } from 'node:fs';
import { type ServiceMetric, single } from './series.ts';

const US_PER_S = 1e6;
const MS_PER_S = 1000;

export const PROCESS_METRICS: readonly ServiceMetric[] = [
  {
    name: 'process_cpu_seconds_total',
    type: 'counter',
    help: 'CPU time of the process, user and system.',
    series: () => {
      const { user, system } = process.cpuUsage();
      return single((user + system) / US_PER_S);
    },
  },
  {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    help: 'Memory that the process holds.',
    series: () => single(process.memoryUsage.rss()),
  },
  {
    name: 'process_open_fds',
    type: 'gauge',
    help: 'Open file descriptors.',
    series: () => single(readdirSync('/proc/self/fd').length),
  },
  {
    name: 'process_start_time_seconds',
    type: 'gauge',
    help: 'When the process started, in seconds since 1970-01-01 UTC.',
    series: () => single(performance.timeOrigin / MS_PER_S),
  },
];
