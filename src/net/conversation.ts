/** A TCP connection whose bytes matter, read as they come: Node's socket over a descriptor of ours. */

import { Socket } from 'node:net';
import type { Clock, PathTarget, Patience } from '../measure/channel.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import { applyBinding, type Binding } from './binding.ts';
import { syscallError } from './sys/errno.ts';
import { closeSocket } from './sys/socket.ts';
import { openTcpSocket } from './sys/tcp-socket.ts';

/** Then somebody is asked whether they still wait. */
const LONGEST_WAIT_MS = 100;
const MOST_RECEIVED = 1 << 20; // LONGEST_REPLY of the protocol

export interface Conversation {
  send(bytes: Uint8Array): void;
  /** @returns as many bytes as asked for; `null` when they do not come in time, or not at all. */
  read(length: number): Promise<Uint8Array | null>;
  /** As much as `take` makes something of; a `MalformedPacketError` of it ends the conversation. */
  readWith<Value>(
    take: (bytes: Uint8Array) => { readonly value: Value; readonly size: number } | null,
  ): Promise<Value | null>;
  end(): void;
}

/** @param mss the largest, both ways; `null` leaves it to the kernel. */
export function converse(
  { family, address }: PathTarget,
  port: number,
  mss: number | null,
  binding: Binding,
  clock: Clock,
  patience: Patience,
): Conversation {
  const fd = openTcpSocket(family, mss);
  if (fd < 0) throw syscallError('socket(SOCK_STREAM)', -fd);
  try {
    applyBinding(fd, family, binding);
  } catch (error) {
    closeSocket(fd);
    throw error;
  }
  const socket = new Socket({ fd, readable: true, writable: true, manualStart: true } as ConstructorParameters<
    typeof Socket
  >[0]);
  let received = Buffer.alloc(0);
  let isOver = false;
  let wake = (): void => undefined;
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    // Nobody asked for so much.
    if (received.byteLength > MOST_RECEIVED) socket.destroy();
    wake();
  });
  const end = (): void => {
    isOver = true;
    wake();
  };
  // Whatever ended it, what was asked for does not come.
  socket.on('error', end).on('close', end);
  socket.connect({ host: address, port });

  const readWith: Conversation['readWith'] = async (take) => {
    for (;;) {
      const taken = attempt(take, received);
      if (taken === 'malformed') return null;
      if (taken !== null) {
        received = received.subarray(taken.size);
        return taken.value;
      }
      const left = patience.until - clock.now();
      if (isOver || left <= 0 || patience.isOver()) return null;
      const arrived = new AbortController();
      wake = () => arrived.abort();
      await clock.sleep(Math.min(left, LONGEST_WAIT_MS), arrived.signal);
    }
  };
  return {
    send: (bytes) => {
      socket.write(bytes);
    },
    read: (length) =>
      readWith((bytes) =>
        bytes.byteLength < length ? null : { value: Uint8Array.from(bytes.subarray(0, length)), size: length },
      ),
    readWith,
    end: () => socket.resetAndDestroy(),
  };
}

function attempt<Taken>(take: (bytes: Uint8Array) => Taken, bytes: Uint8Array): Taken | 'malformed' {
  try {
    return take(bytes);
  } catch (error) {
    if (error instanceof MalformedPacketError) return 'malformed';
    throw error;
  }
}
