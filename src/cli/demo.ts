/** `mtu-probe demo`: the incident that this program was made for, on this machine. */

import { launch } from '../lab/launch.ts';
import { program } from '../shipped.ts';

/**
 * Builds the scene in namespaces of its own, measures it, repairs it, measures it again. As root, or as anybody where
 * user namespaces are allowed. Whatever ends it, nothing is left behind.
 *
 * @param args more arguments for both runs of `mtu-probe run`.
 * @returns 0 when the first run found the black hole and the second found none, else 1; 2 when the scene could not be
 *   built; 128 + n when ended by signal n.
 * @throws EnvironmentError when a program is missing or namespaces are refused.
 */
export function runDemo(args: readonly string[]): Promise<number> {
  return launch(program('cli/demo-scene', ...args), { unprivileged: false });
}
