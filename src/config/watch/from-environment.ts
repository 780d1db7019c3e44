/** Variables of the process → what was given. */

import { didYouMean } from '../suggest.ts';
import type { Given } from './given.ts';
import { listOf } from './list-item.ts';
import { type Place, refuse } from './place.ts';
import { VARIABLE_PREFIX } from './setting.ts';
import { CONFIG_SETTING, SETTING_KEYS, SETTINGS, type SettingKey } from './settings.ts';
import { type Tree, textTree } from './tree.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What `--format gitlab` hands to later jobs, in which a service may be started. */
export const FOREIGN_VARIABLES: readonly string[] = ['MTU_PROBE_RESULT', 'MTU_PROBE_VERDICT', 'MTU_PROBE_MTU'];

const VARIABLES = [CONFIG_SETTING.variable, ...SETTING_KEYS.map((key) => SETTINGS[key].variable)];

/** A variable with nothing in it is none: compose files set those for what nobody chose. @throws UsageError. */
export function givenByEnvironment(env: Environment): Given {
  const given = new Map<SettingKey, Tree>();
  const set = Object.entries(env).filter(([name, value]) => isOurs(name, value));
  for (const [variable] of set) {
    if (!VARIABLES.includes(variable) && !FOREIGN_VARIABLES.includes(variable)) {
      refuse(placeOf(variable), `is no variable of this program${didYouMean(variable, VARIABLES)}: unset it`);
    }
  }
  const values = new Map(set);
  for (const key of SETTING_KEYS) {
    const { variable, kind } = SETTINGS[key];
    const value = values.get(variable)?.trim() ?? '';
    if (value === '') continue;
    given.set(key, kind === 'list' ? listOf(value, placeOf(variable)) : textTree(value, placeOf(variable)));
  }
  return given;
}

/** The file that `MTU_PROBE_CONFIG` names; `null` without. */
export function configVariable(env: Environment): string | null {
  const value = env[CONFIG_SETTING.variable]?.trim() ?? '';
  return value === '' ? null : value;
}

function placeOf(variable: string): Place {
  return { source: { kind: 'environment', variable }, path: '', line: null };
}

function isOurs(name: string, value: string | undefined): boolean {
  return name.startsWith(VARIABLE_PREFIX) && value !== undefined && !isServiceLink(name, value);
}

/**
 * Kubernetes tells every container of every service in variables (Kubernetes: Services, "environment variables"): one
 * that is called mtu-probe makes MTU_PROBE_SERVICE_HOST, and MTU_PROBE_PORT with a URL in it.
 */
function isServiceLink(name: string, value: string): boolean {
  return (
    /_SERVICE_(HOST|PORT(_\w+)?)$/.test(name) ||
    /_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name) ||
    (name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value))
  );
}
