/** What the tests look at in a rendered resource. The schemas say whether the rest of it is right. */

export type Labels = Readonly<Record<string, string>>;

export interface Selector {
  readonly matchLabels?: Labels;
}

interface SecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type: string };
  readonly appArmorProfile?: { readonly type: string };
  readonly sysctls?: readonly { readonly name: string; readonly value: string }[];
}

interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string | number };
  readonly exec?: { readonly command: readonly string[] };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold?: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly restartPolicy?: string;
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number; readonly protocol?: string }[];
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly resources?: { readonly limits?: Labels; readonly requests?: Labels };
  readonly securityContext?: SecurityContext;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly secret?: { readonly secretName: string; readonly defaultMode?: number };
  readonly emptyDir?: { readonly sizeLimit?: string };
}

export interface PodSpec {
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostIPC?: boolean;
  readonly dnsPolicy?: string;
  readonly restartPolicy?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly enableServiceLinks?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: SecurityContext;
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

interface PolicyPort {
  readonly port: number;
  readonly protocol?: string;
}

export interface JobSpec {
  readonly backoffLimit: number;
  readonly activeDeadlineSeconds: number;
  readonly ttlSecondsAfterFinished?: number;
  readonly template: { readonly metadata?: { readonly labels?: Labels }; readonly spec: PodSpec };
}

export interface Specs {
  Namespace: unknown;
  ConfigMap: unknown;
  Service: {
    readonly clusterIP: string;
    readonly publishNotReadyAddresses: boolean;
    readonly selector: Labels;
    readonly ports: readonly {
      readonly name: string;
      readonly port: number;
      readonly targetPort: string;
      readonly protocol?: string;
    }[];
  };
  NetworkPolicy: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly string[];
    readonly egress?: readonly unknown[];
    readonly ingress?: readonly {
      readonly from: readonly { readonly podSelector?: Selector; readonly namespaceSelector?: Selector }[];
      readonly ports: readonly PolicyPort[];
    }[];
  };
  DaemonSet: {
    readonly selector: Selector;
    readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
  };
  CronJob: {
    readonly schedule: string;
    readonly concurrencyPolicy: string;
    readonly jobTemplate: { readonly spec: JobSpec };
  };
  Job: JobSpec;
  ServiceMonitor: {
    readonly jobLabel: string;
    readonly selector: Selector;
    readonly endpoints: readonly {
      readonly port: string;
      readonly path: string;
      readonly authorization?: { readonly credentials: { readonly name: string; readonly key: string } };
      readonly relabelings: readonly unknown[];
    }[];
  };
  PrometheusRule: { readonly groups: unknown };
}

export type Kind = keyof Specs;

export interface Resource<K extends Kind = Kind> {
  readonly apiVersion: string;
  readonly kind: K;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
  readonly spec: Specs[K];
  /** Of a ConfigMap. */
  readonly data?: Labels;
}

export function ofKind<K extends Kind>(resources: readonly Resource[], kind: K): readonly Resource<K>[] {
  return resources.filter((resource): resource is Resource<K> => resource.kind === kind);
}

/** @throws Error unless there is one of them. */
export function only<T>(values: readonly T[]): T {
  const [value] = values;
  if (value === undefined || values.length > 1) throw new Error(`there are ${values.length}, and not one`);
  return value;
}

export interface Pod {
  /** Of whom: `DaemonSet mtu-probe`. */
  readonly owner: string;
  readonly labels: Labels;
  readonly spec: PodSpec;
}

/** What each workload starts. */
export function podsOf(resources: readonly Resource[]): readonly Pod[] {
  return [
    ...ofKind(resources, 'DaemonSet').map(({ metadata, spec: { template } }) => ({ metadata, template })),
    ...ofKind(resources, 'CronJob').map(({ metadata, spec }) => ({
      metadata,
      template: spec.jobTemplate.spec.template,
    })),
    ...ofKind(resources, 'Job').map(({ metadata, spec: { template } }) => ({ metadata, template })),
  ].map(({ metadata, template }) => ({
    owner: metadata.name,
    labels: template.metadata?.labels ?? {},
    spec: template.spec,
  }));
}

export function containersOf({ spec }: Pod): readonly Container[] {
  return [...(spec.initContainers ?? []), ...spec.containers];
}

/** Those of this project, and not a job in whose place one's own comes. */
export function isOurs({ image }: Container): boolean {
  return /(^|\/)mtu-probe:/.test(image);
}

export function selects({ matchLabels = {} }: Selector, labels: Labels): boolean {
  return Object.entries(matchLabels).every(([name, value]) => labels[name] === value);
}
