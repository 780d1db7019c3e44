/** Answers that no black hole swallows. */

import type { Server } from 'node:net';
import { IPPROTO_TCP, TCP_MAXSEG } from './sys/constants.ts';
import { setOption } from './sys/socket.ts';

/**
 * RFC 9293 §3.7.1: the MSS of who names none, in packets of 576 bytes (RFC 791 §3.1: every host takes them). Over IPv6
 * they are smaller than every link has to carry (1280, RFC 8200 §5).
 */
const SMALLEST_USUAL_MSS = 536;

/**
 * All connections that a listening server accepts from now on send small segments, and ask for small ones: whoever is
 * behind a black hole is answered all the same.
 *
 * @throws SyscallError when the kernel refuses.
 */
export function sendSmallPackets(server: Server): void {
  // Node has no other name for it; where a server has no descriptor it goes on as it is.
  const { _handle: handle } = server as Server & { readonly _handle?: { readonly fd?: number } | null };
  const fd = handle?.fd ?? -1;
  if (fd >= 0) setOption(fd, IPPROTO_TCP, TCP_MAXSEG, SMALLEST_USUAL_MSS);
}
