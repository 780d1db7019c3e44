/** Makes a scenario real: names, network, servers. To be called once, in the process that `launch` started. */

import { buildNetwork, type Network } from './network.ts';
import { mountPrivately, nameHosts } from './private-mounts.ts';
import type { Scenario } from './scenario.ts';
import { startServers } from './start-servers.ts';

/** @throws EnvironmentError when something on this machine is missing or refused. */
export async function openScenario({ topology, names, servers }: Scenario): Promise<Network> {
  forgetProxies();
  await mountPrivately();
  nameHosts(names);
  const network = await buildNetwork(topology);
  await startServers(network, servers);
  return network;
}

/** A proxy of the machine does not exist in the lab, and would only be reported as one. */
function forgetProxies(): void {
  for (const name of Object.keys(process.env)) {
    if (/_proxy$/i.test(name)) delete process.env[name];
  }
}
