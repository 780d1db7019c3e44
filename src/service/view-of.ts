/** The service as HTTP, metrics and mesh see it. */

import type { RunOptions } from '../config/options.ts';
import { withHolds } from './runs/run-options.ts';
import type { Service } from './service.ts';
import type { ServiceCounters, ServiceView } from './view.ts';

export interface Around {
  readonly version: string;
  /** May be measured besides what is watched, and how; `null` where it may not. */
  allowed(target: string): { readonly run: RunOptions; readonly timeoutMs: number } | null;
  webhooks(): ServiceCounters['webhookDeliveries'];
  configReloads(): ServiceCounters['configReloads'];
}

export function viewOf(service: Service, around: Around): ServiceView {
  const { chronicle, paths, targets, totals, probing } = service;
  const { history } = chronicle;
  return {
    version: around.version,
    startedAt: service.startedAt,
    targets: () => service.targetStates(),
    paths: () => paths.all(),
    lastReport: (pathId) => paths.lastReport(pathId),
    readiness: () => service.readiness(),
    series: (pathId, query) => history.series(pathId, query),
    eventsAfter: (id, limit) => history.eventsAfter(id, limit),
    latestEvents: (limit, pathId) => history.latestEvents(limit, pathId),
    subscribe: (listener) => chronicle.subscribe(listener),
    mayProbe: (target) => targets.get(target) !== null || around.allowed(target) !== null,
    probe: (name, waitMs) => {
      const target = targets.get(name);
      if (target !== null) return probing.watched(target, waitMs);
      const allowed = around.allowed(name);
      if (allowed === null) return Promise.reject(new Error(`${name} is neither watched nor allowed`));
      return probing.other(name, () => withHolds(allowed.run, paths.all()), allowed.timeoutMs, waitMs);
    },
    meshRow: () => service.peers?.row() ?? null,
    mesh: async () => (await service.peers?.mesh()) ?? null,
    counters: () => ({
      probes: totals.probes,
      packetsSent: totals.packets,
      bytesSent: totals.bytes,
      connectionsOpened: totals.connections,
      configReloads: around.configReloads(),
      webhookDeliveries: around.webhooks(),
      historyBytes: history.size(),
      historyFailures: chronicle.failures,
    }),
  };
}
