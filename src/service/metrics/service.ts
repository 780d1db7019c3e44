/** Metrics of the service as a whole. */

import type { ServiceCounters } from '../view.ts';
import { type Series, type ServiceMetric, secondsSince1970, single } from './series.ts';

export const SERVICE_METRICS: readonly ServiceMetric[] = [
  {
    name: 'mtu_probe_ready',
    type: 'gauge',
    help: '1 when every gating target is well, as /readyz says.',
    series: (view) => single(Number(view.readiness().ready)),
  },
  {
    name: 'mtu_probe_build_info',
    type: 'gauge',
    help: 'Always 1, with the version.',
    series: ({ version }) => [{ labels: { version }, value: 1 }],
  },
  {
    name: 'mtu_probe_start_timestamp_seconds',
    type: 'gauge',
    help: 'When the service started: all counters begin there.',
    series: ({ startedAt }) => single(secondsSince1970(startedAt)),
  },
  counter('mtu_probe_probes_total', 'Probes whose fate is known: entries of evidence.', ({ probes }) => single(probes)),
  counter('mtu_probe_packets_sent_total', 'Packets sent: TCP segments and datagrams.', ({ packetsSent }) =>
    single(packetsSent),
  ),
  counter('mtu_probe_bytes_sent_total', 'Bytes sent, in whole IP packets where known.', ({ bytesSent }) =>
    single(bytesSent),
  ),
  counter('mtu_probe_connections_opened_total', 'TCP connections opened.', ({ connectionsOpened }) =>
    single(connectionsOpened),
  ),
  counter(
    'mtu_probe_config_reloads_total',
    'New configurations, and whether they could be used.',
    ({ configReloads }) => [
      { labels: { result: 'accepted' }, value: configReloads.accepted },
      { labels: { result: 'refused' }, value: configReloads.refused },
    ],
  ),
  counter('mtu_probe_webhook_deliveries_total', 'Notifications, and whether they arrived.', ({ webhookDeliveries }) => [
    { labels: { result: 'delivered' }, value: webhookDeliveries.delivered },
    { labels: { result: 'failed' }, value: webhookDeliveries.failed },
    { labels: { result: 'given-up' }, value: webhookDeliveries.givenUp },
  ]),
  {
    name: 'mtu_probe_webhook_deliveries_pending',
    type: 'gauge',
    help: 'Notifications that are still to be delivered.',
    series: (view) => single(view.counters().webhookDeliveries.pending),
  },
  counter('mtu_probe_history_failures_total', 'What could not be written to the history.', ({ historyFailures }) =>
    single(historyFailures),
  ),
  {
    name: 'mtu_probe_history_bytes',
    type: 'gauge',
    help: 'Size of the history file; 0 in memory.',
    series: (view) => single(view.counters().historyBytes),
  },
];

function counter(name: string, help: string, series: (counters: ServiceCounters) => readonly Series[]): ServiceMetric {
  return { name, type: 'counter', help, series: (view) => series(view.counters()) };
}
