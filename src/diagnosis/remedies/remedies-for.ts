/** What to change so that every packet fits, with the number in it. */

import type { Remedy } from '../../contract.ts';
import { mtuToConfigure } from '../../mtu-to-configure.ts';
import type { PathView } from '../view.ts';
import { remedyOrder } from './order.ts';
import { remedyAt } from './table.ts';

/**
 * A hole on somebody else's path is not repaired by this, and yet got round: with a smaller MTU here nothing larger is
 * sent, and nothing larger asked for.
 *
 * @returns those of the detected environments first, then the general ones; empty where no number is certain.
 */
export function remediesFor({ forward, reverse, measurement, around }: PathView): readonly Remedy[] {
  const { egress } = measurement;
  const mtu = mtuToConfigure({ forward, reverse, egress });
  if (mtu === null) return [];
  const place = { mtu, interface: egress.interface, family: measurement.family };
  const whereabouts = {
    environments: around.environments,
    isChosen: around.isChosen === true,
    egress: around.interfaces.find(({ name }) => name === egress.interface) ?? null,
    isForOthers: mtu === egress.mtu,
  };
  return remedyOrder(whereabouts).map((environment) => remedyAt(environment, place));
}
