/** Starts the servers of a scenario and waits until all of them listen. */

import { program } from '../shipped.ts';
import { command } from './command.ts';
import type { Network } from './network.ts';
import { nginxCommand } from './nginx.ts';
import { requirePrograms } from './require-programs.ts';
import type { Server } from './service.ts';
import { startProcess } from './start-process.ts';

/** @throws EnvironmentError when one is missing or does not start. */
export async function startServers(network: Network, servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(async (server) => {
      const { host, software, services } = server;
      if (software === 'node') {
        await startProcess(network.enter(host, program('lab/server', JSON.stringify(services))));
        return;
      }
      if (software === 'responder') {
        // What it logs goes to where the lab listens.
        const words = ['sh', '-c', 'exec "$@" 2>&1', 'sh', ...program('cli/main', 'serve', '--log-level', 'info')];
        await startProcess(network.enter(host, words), (line) => line.includes('listens on'));
        return;
      }
      requirePrograms(['nginx']);
      await command(network.enter(host, nginxCommand(server)));
    }),
  );
}
