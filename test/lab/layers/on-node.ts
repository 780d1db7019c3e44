/** Commands on the node of a scene, which all that is nested in it leaves through. */

import type { Layer, LayersReport } from '../../../src/layers/contract.ts';
import { COMMAND, type Ended, lab } from '../lab.ts';

export const LIMIT_MS = 180_000;
export const PROBE = `${process.execPath} ${COMMAND}`;
export const LAYERS = 'layers --target rubygems.org';
const NODE = 'k8s-worker-1';

/** Lines of a shell. */
export function onNode(scenario: string, ...lines: readonly string[]): Promise<Ended> {
  return lab('enter', scenario, '--host', NODE, '--', 'sh', '-c', lines.join('\n'));
}

/** @param before lines of a shell that write nothing. */
export async function reportOf(scenario: string, command: string, ...before: readonly string[]): Promise<LayersReport> {
  const { output } = await onNode(scenario, ...before, `${PROBE} ${command} --format json 2> /run/stderr`);
  return parsed(output);
}

export function parsed(output: string): LayersReport {
  if (!output.startsWith('{')) throw new Error(`no report: ${output}`);
  return JSON.parse(output) as LayersReport;
}

/** Where this machine is a container itself, the node's namespace has only the name of its mount. */
const OWN_NAMES = ['here', `netns ${NODE}`];

function nameOf({ name }: Layer): string {
  return OWN_NAMES.includes(name) ? 'node' : name;
}

/** The outermost first: name, depth, verdict or why there is none, and what comes in. */
export function summary({ layers }: LayersReport) {
  return layers.map((layer) => {
    const { depth, report, notMeasured } = layer;
    const path = report?.paths[0];
    return [nameOf(layer), depth, path?.verdict ?? notMeasured, path?.reverse.pathMtu ?? null];
  });
}

/** Each layer and what is around it. */
export function parents({ layers }: LayersReport) {
  const parentOf = ({ parent }: Layer): string | null => {
    const around = layers.find(({ netns }) => netns === parent);
    return around === undefined ? null : nameOf(around);
  };
  return layers.map((layer) => [nameOf(layer), parentOf(layer)]);
}

export function steps({ findings }: LayersReport) {
  return findings.map(({ code, severity, inner, outer }) => [
    code,
    severity,
    `${inner.layer} ${inner.interface} ${inner.mtu}`,
    `${outer.layer} ${outer.interface} ${outer.mtu}`,
  ]);
}
