/** One TCP connection of the responder: bytes in and out, and an end to whoever takes too long. */

import { Socket } from 'node:net';
import type { Family } from '../contract.ts';
import { takeSavedSyn } from '../net/sys/listener.ts';
import { readTcpInfo } from '../net/sys/tcp-socket.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import { SESSION_SIZE } from '../wire/responder.ts';
import type { Mac } from '../wire/responder-header.ts';
import { type ArrivedSyn, encodeErrorRecord, encodeReport, type TcpReport } from '../wire/responder-tcp.ts';
import { parseSyn } from '../wire/syn.ts';
import type { Counters } from './counters.ts';
import { Dialogue, type DialogueParts, type Step } from './dialogue.ts';

/** A request has 36 bytes: whoever has not sent them by then sends them one by one. */
const REQUEST_WITHIN_MS = 5000;
const IDLE_MS = 15_000;
/** Whoever trickles bytes is not idle. */
const LONGEST_MS = 300_000;
/** For what was said last to arrive, before what is not read any more becomes a reset. */
const FAREWELL_MS = 1000;
const FILLER = new Uint8Array(1 << 16);

export interface ConnectionParts extends Omit<DialogueParts, 'counters'> {
  readonly counters: Counters;
  readonly now: () => number;
}

/**
 * Serves until either side ends.
 *
 * @param fd the connection owns it from here on.
 * @param onEnd called once, when the descriptor is closed.
 */
export function serveConnection(fd: number, family: Family, parts: ConnectionParts, onEnd: () => void): Socket {
  // Node's socket over our descriptor: only accepting has to be done by ourselves.
  const socket = new Socket({ fd, readable: true, writable: true });
  const syn = arrivedSyn(fd, family);
  const dialogue = new Dialogue(parts);
  const timeOut = (): void => {
    parts.counters.timedOut += 1;
    socket.destroy();
  };
  let requestTimer: NodeJS.Timeout | null = setTimeout(timeOut, REQUEST_WITHIN_MS);
  const lifeTimer = setTimeout(timeOut, LONGEST_MS);
  const stopRequestTimer = (): void => {
    if (requestTimer !== null) clearTimeout(requestTimer);
    requestTimer = null;
  };
  socket.setNoDelay(true);
  socket.setTimeout(IDLE_MS, timeOut);
  // A reset is how clients of ours end; 'close' follows.
  socket.on('error', () => {});
  socket.on('close', () => {
    stopRequestTimer();
    clearTimeout(lifeTimer);
    onEnd();
  });
  socket.on('data', (chunk) => {
    for (const step of dialogue.take(chunk, parts.now())) take(step);
    if (!dialogue.isInRequest) stopRequestTimer();
    else requestTimer ??= setTimeout(timeOut, REQUEST_WITHIN_MS);
    if (socket.writableNeedDrain) socket.pause();
  });
  socket.on('drain', () => socket.resume());

  function take(step: Step): void {
    if (socket.destroyed || socket.writableEnded) return;
    switch (step.kind) {
      case 'filler':
        for (let left = step.bytes; left > 0; left -= FILLER.byteLength) socket.write(FILLER.subarray(0, left));
        return;
      case 'report':
        // The socket has closed the descriptor when it is destroyed, and not before.
        socket.write(encodeReport(step.session, reportOf(fd, syn, step.elapsedMs), parts.mac));
        return;
      case 'error':
        say(socket, encodeErrorRecord(step.session, step.code, parts.mac));
        return;
      case 'close':
        socket.end();
        return;
      case 'abort':
        socket.destroy();
    }
  }
  return socket;
}

const NO_SESSION = new Uint8Array(SESSION_SIZE);

/** Says that there is no room, and ends. @param onEnd called once, when the descriptor is closed. */
export function refuseConnection(fd: number, mac: Mac | null, onEnd: () => void): Socket {
  const socket = new Socket({ fd, readable: true, writable: true });
  socket.on('error', () => {});
  socket.on('close', onEnd);
  say(socket, encodeErrorRecord(NO_SESSION, 'busy', mac));
  return socket;
}

/** The last word: what comes in meanwhile is thrown away, since bytes that nobody reads turn the end into a reset. */
function say(socket: Socket, record: Uint8Array): void {
  socket.resume();
  socket.end(record);
  const timer = setTimeout(() => socket.destroy(), FAREWELL_MS);
  socket.on('close', () => clearTimeout(timer));
}

function arrivedSyn(fd: number, family: Family): ArrivedSyn | null {
  const syn = takeSavedSyn(fd);
  try {
    return syn === null ? null : parseSyn(syn, family);
  } catch (error) {
    if (error instanceof MalformedPacketError) return null;
    throw error;
  }
}

function reportOf(fd: number, syn: ArrivedSyn | null, elapsedMs: number | null): TcpReport {
  const { info } = readTcpInfo(fd);
  return {
    syn,
    elapsedMs: elapsedMs === null ? null : Math.round(elapsedMs),
    sndMss: info?.sndMss ?? 0,
    rcvMss: info?.rcvMss ?? 0,
    advMss: info?.advMss ?? 0,
    pathMtu: info?.pathMtu ?? 0,
    rttUs: info?.rttUs ?? 0,
    totalRetransmits: info?.totalRetransmits ?? 0,
    bytesReceived: info?.bytesReceived ?? 0,
    bytesAcked: info?.bytesAcked ?? 0,
  };
}
