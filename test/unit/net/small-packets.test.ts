import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { sendSmallPackets } from '../../../src/net/small-packets.ts';
import { IPPROTO_TCP, TCP_MAXSEG } from '../../../src/net/sys/constants.ts';
import { getOption } from '../../../src/net/sys/socket.ts';

/** What the kernel puts into one packet of a connection. */
function segmentOf(socket: object): number {
  const { _handle: handle } = socket as { readonly _handle: { readonly fd: number } };
  return getOption(handle.fd, IPPROTO_TCP, TCP_MAXSEG);
}

it.each([false, true])('small packets in both directions, where a server asks for them: %s', async (isSmall) => {
  const server = createServer((socket) => socket.on('error', () => socket.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  if (isSmall) sendSmallPackets(server);
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')]);
  onTestFinished(() => void client.destroy());
  const sizes = [segmentOf(accepted), segmentOf(client)];
  if (isSmall) expect(Math.max(...sizes)).toBeLessThanOrEqual(536);
  else expect(Math.min(...sizes)).toBeGreaterThan(536);
});
