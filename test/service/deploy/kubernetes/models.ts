/** Where the schema of each kind is, in the packages that carry them. */

import { createRequire } from 'node:module';
import type { Kind, Resource } from './resources.ts';

const require = createRequire(import.meta.url);

interface Model {
  /** @throws Error with what is wrong. */
  validate(): void;
}

const CORE = 'kubernetes-models';
const OPERATOR = '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';

/** The group and version that a kind is looked for in, and the module that has it. */
const MODULES: Readonly<Record<Kind, readonly [apiVersion: string, module: string]>> = {
  Namespace: ['v1', `${CORE}/v1`],
  ConfigMap: ['v1', `${CORE}/v1`],
  Service: ['v1', `${CORE}/v1`],
  DaemonSet: ['apps/v1', `${CORE}/apps/v1`],
  CronJob: ['batch/v1', `${CORE}/batch/v1`],
  Job: ['batch/v1', `${CORE}/batch/v1`],
  NetworkPolicy: ['networking.k8s.io/v1', `${CORE}/networking.k8s.io/v1`],
  ServiceMonitor: ['monitoring.coreos.com/v1', OPERATOR],
  PrometheusRule: ['monitoring.coreos.com/v1', OPERATOR],
};

/** @returns what its schema says against it; empty when nothing. */
export function complaintsOfSchema(resource: Resource): string {
  const [apiVersion, module] = MODULES[resource.kind] ?? [];
  if (module === undefined || apiVersion !== resource.apiVersion) {
    return `${resource.kind} is no kind of ${resource.apiVersion}`;
  }
  const models = require(`${module}/${resource.kind}`) as Record<string, new (data: Resource) => Model>;
  const Kind = models[resource.kind];
  if (Kind === undefined) throw new Error(`${module} has no ${resource.kind}`);
  try {
    new Kind(resource).validate();
    return '';
  } catch (error) {
    return String(error);
  }
}

/** A line of TypeScript that is right when the resource has no key that its type does not know. */
export function typed(resource: Resource, name: string): string {
  const [, module] = MODULES[resource.kind];
  return `export const ${name}: import("${module}/${resource.kind}").I${resource.kind} = ${JSON.stringify(resource)};`;
}
