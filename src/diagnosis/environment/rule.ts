/** One environment, and the documented sign that shows it. */

import type { Environment } from '../../contract.ts';
import type { Surroundings } from '../../surroundings.ts';

export interface EnvironmentRule {
  readonly environment: Environment;
  /** Looks at documented variables and files only. */
  seen(surroundings: Surroundings): boolean;
  /** The document that the sign is from. */
  readonly source: string;
}

export function hasVariable({ variables }: Surroundings, name: string): boolean {
  return (variables[name] ?? '') !== '';
}

/** Some write `true`, some `True`. */
export function isTrue({ variables }: Surroundings, name: string): boolean {
  return variables[name]?.toLowerCase() === 'true';
}

export function hasFile({ files }: Surroundings, path: string): boolean {
  return files[path] !== undefined;
}

export function fileSays({ files }: Surroundings, path: string, pattern: RegExp): boolean {
  return pattern.test(files[path] ?? '');
}

export function hasInterface({ interfaces }: Surroundings, name: string): boolean {
  return interfaces.some((one) => one.name === name);
}
