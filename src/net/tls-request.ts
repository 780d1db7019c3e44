/** The exchange that needs TLS finished: Node's TLS over a descriptor of ours, and one GET through it. */

import { Socket } from 'node:net';
import { closeSocket, duplicate } from './sys/socket.ts';

export interface TlsRequest {
  /** Gives the descriptor back. */
  end(): void;
}

/**
 * Finishes the handshake and sends `request`. Certificates are not checked: nothing secret is sent, and what is asked
 * is which packets arrive. Failures show in the connection's TCP_INFO; nothing is reported here.
 *
 * @param fd a connected socket. Its reads belong to TLS from now on; the descriptor itself stays the caller's, for a
 *   RST makes Node close its own and TCP_INFO would be lost with it.
 * @param readAtMost reading stops after so many bytes, and the server then fills its window and waits.
 */
export function sendOverTls(
  fd: number,
  serverName: string | null,
  request: Uint8Array,
  readAtMost: number,
): TlsRequest {
  const copy = duplicate(fd);
  let wrapped: Socket | null = null;
  let ended = false;
  const start = async (): Promise<void> => {
    // Costs 20–30 ms, and only this exchange needs it.
    const { connect } = await import('node:tls');
    if (ended) return closeSocket(copy);
    wrapped = new Socket({ fd: copy, readable: true, writable: true });
    wrapped.on('error', ignore);
    const secure = connect({
      socket: wrapped,
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      ...(serverName === null ? {} : { servername: serverName }),
    });
    let read = 0;
    secure.on('error', ignore);
    secure.on('secureConnect', () => secure.write(request));
    secure.on('data', (chunk: Buffer) => {
      read += chunk.byteLength;
      if (read >= readAtMost) secure.pause();
    });
  };
  // The descriptor is ours until a socket has taken it.
  start().catch(() => (wrapped === null ? closeSocket(copy) : wrapped.destroy()));
  return {
    end: () => {
      ended = true;
      wrapped?.destroy();
    },
  };
}

/** A broken handshake or connection is read off the socket itself, where it also has its cause. */
function ignore(): void {}
