/** The HTTP server of the service. */

import type { AddressInfo, Server } from 'node:net';
import { type Endpoint, endpointText } from '../../endpoint.ts';
import { UsageError } from '../../errors.ts';
import type { Log } from '../../measure/log.ts';
import type { ServiceView } from '../view.ts';
import { createApp } from './app.ts';
import { type Asset, shippedAssets } from './assets.ts';
import { isLoopback } from './hosts.ts';
import { HEARTBEAT_MS } from './limits.ts';
import { Streams } from './streams.ts';

export interface HttpOptions {
  /** Port 0 is any that is free. */
  readonly listen: Endpoint;
  /** Of everything but health; `null` asks nobody. */
  readonly token: string | null;
  readonly log: Log;
  /** What a server that listens still needs of this host. */
  readonly prepare: (server: Server) => void;
}

export interface Http {
  /** Where it listens, as a URL has it: `127.0.0.1:9482`, `[::1]:9482`. */
  readonly address: string;
  /** Ends every connection, also those of streams and of probes under way. */
  close(): Promise<void>;
}

/**
 * @param assets of the dashboard.
 * @throws UsageError when it cannot listen there. @throws EnvironmentError when the dashboard was not installed.
 */
export async function openHttp(
  view: ServiceView,
  { listen, token, log, prepare }: HttpOptions,
  assets: readonly Asset[] = shippedAssets(),
): Promise<Http> {
  const { address: host, port } = listen;
  const context = { view, log, assets, streams: new Streams(HEARTBEAT_MS) };
  const app = await createApp(context, { token, loopbackOnly: isLoopback(host) });
  try {
    await app.listen({ host, port });
    prepare(app.server);
    return { address: endpointText(app.server.address() as AddressInfo), close: () => app.close() };
  } catch (error) {
    await app.close();
    throw explained(error, endpointText(listen));
  }
}

const FIXES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there, perhaps a second service: choose another port with --listen',
  EADDRNOTAVAIL: 'it is no address of this host; choose one that is with --listen',
  EACCES: 'ports below 1024 are for root; choose another port with --listen',
};

function explained(error: unknown, place: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  const { [code]: fix } = FIXES;
  return fix === undefined ? error : new UsageError(`cannot serve HTTP on ${place} (${code}): ${fix}`);
}
