/** Whether a responder is there, and who it is: what is said when it is not, or is another. */

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createChannels } from '../../../src/net/channels.ts';
import { createClock } from '../../../src/net/clock.ts';
import { Responder } from '../../../src/responder/responder.ts';
import { ANSWER_TYPES, ERROR_CODES, HEADER_SIZE } from '../../../src/wire/responder.ts';
import { NO_BINDING, pathTo } from './path.ts';

const LOOPBACK = '127.0.0.1';
const SECRET = new TextEncoder().encode('0123456789abcdef');
const ended: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function ask(port: number, secret: Uint8Array | null = null, patienceMs = 1000, isOver = () => false) {
  const path = { ...pathTo(LOOPBACK), scheme: 'mtu' as const, ports: [port] };
  const clock = createClock();
  const opening = await createChannels(NO_BINDING, { secret }).responder(path, {
    until: clock.now() + patienceMs,
    isOver,
  });
  if (opening.kind === 'open') for (const channel of [opening.forward, opening.reverse]) channel.close();
  return opening;
}

function serve(secret: Uint8Array | null): number {
  const listen = [{ address: LOOPBACK, port: 0 }];
  const responder = new Responder({ listen, maxRate: 1_000_000, maxClients: 16, secret });
  const running = responder.run();
  ended.push(() => {
    responder.end();
    return running;
  });
  return responder.addresses[0]?.port ?? 0;
}

/** Something that answers each greeting with what `answer` makes of it. */
async function pretend(answer: (greeting: Buffer) => Uint8Array | null): Promise<number> {
  const socket: Socket = createSocket('udp4');
  socket.on('message', (greeting, { port, address }) => {
    const said = answer(greeting);
    if (said !== null) socket.send(said, port, address);
  });
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  ended.push(() => void socket.close());
  return socket.address().port;
}

/** The greeting, turned into an error of a responder of the versions 2 to 3. */
function olderThan(greeting: Buffer): Uint8Array {
  const error = Buffer.alloc(HEADER_SIZE + 4);
  greeting.copy(error, 0, 0, HEADER_SIZE);
  error.writeUInt8(2, 4);
  error.writeUInt8(ANSWER_TYPES.error, 5);
  error.writeUInt16BE(ERROR_CODES['unsupported-version'], HEADER_SIZE);
  error.writeUInt8(2, HEADER_SIZE + 2);
  error.writeUInt8(3, HEADER_SIZE + 3);
  return error;
}

describe('a greeting', () => {
  it('is welcome', async () => {
    expect(await ask(serve(null))).toMatchObject({ kind: 'open' });
    expect(await ask(serve(SECRET), SECRET)).toMatchObject({ kind: 'open' });
  });

  it.each([
    ['without the secret', SECRET, null],
    ['with another secret', SECRET, Uint8Array.from(SECRET).reverse()],
    ['with a secret where there is none', null, SECRET],
  ])('%s is not', async (_, theirs, ours) => {
    expect(await ask(serve(theirs), ours, 300)).toMatchObject({ kind: 'refused', answered: false });
  });

  it('of an older version is told which ones would do', async () => {
    const port = await pretend(olderThan);
    expect(await ask(port)).toEqual({
      kind: 'refused',
      reason:
        `${LOOPBACK}:${port} speaks versions 2 to 3 of the protocol, and this mtu-probe 1 to 1: bring the older one up ` +
        'to date',
      answered: true,
    });
  });

  it('to a closed port is over at once', async () => {
    const socket = createSocket('udp4').bind(0, LOOPBACK);
    await once(socket, 'listening');
    const { port } = socket.address();
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    const started = performance.now();
    expect(await ask(port, null, 10_000)).toMatchObject({
      kind: 'refused',
      reason: `UDP port ${LOOPBACK}:${port} is closed`,
    });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('is given up by who does not want to wait any more', async () => {
    const started = performance.now();
    const port = await pretend(() => null);
    expect(await ask(port, null, 10_000, () => performance.now() - started > 200)).toMatchObject({ kind: 'refused' });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('takes no nonsense for an answer', async () => {
    const port = await pretend((greeting) => Buffer.from(greeting).fill(0xff, 8, 16));
    expect(await ask(port, null, 300)).toMatchObject({ kind: 'refused', answered: false });
    expect(await ask(await pretend(() => Buffer.alloc(0)), null, 300)).toMatchObject({ kind: 'refused' });
  });
});
