/**
 * What a responder says of TCP connections of ours: the MSS as it arrived, and how transfers of a stated length went.
 *
 *   one connection    report                      the SYN that arrived there, and what its kernel goes by
 *   another           reply, then report          a download, timed here; its repetitions counted there
 *   a third           upload                      timed and reported there
 */

import { randomBytes } from 'node:crypto';
import type { FarEnd, Transfer } from '../contract.ts';
import type { Clock, FarEndQuestion, PathTarget } from '../measure/channel.ts';
import { TCP_TIMESTAMPS_SIZE } from '../wire/header-size.ts';
import type { Mac } from '../wire/responder-header.ts';
import { decodeRecord, type TcpReport } from '../wire/responder-tcp.ts';
import type { Binding } from './binding.ts';
import { type Conversation, converse } from './conversation.ts';
import { type ResponderRequests, responderRequests } from './responder-requests.ts';

/** Four flights of a connection that has just begun (RFC 6928: ten segments, then twice as many each time). */
const TRANSFER_BYTES = 128 * 1024;

/** @returns `null` where nothing answers as a responder does. */
export async function askFarEnd(
  path: PathTarget,
  { port, patience, timestamps, uploadMss }: FarEndQuestion,
  { binding, clock, mac }: { readonly binding: Binding; readonly clock: Clock; readonly mac: Mac | null },
): Promise<FarEnd | null> {
  const request = responderRequests(mac);
  const open = (mss: number | null): Conversation => converse(path, port, mss, binding, clock, patience);
  const [report, download, upload] = [open(null), open(null), open(uploadMss)];
  try {
    const [about, reverse, forward] = await Promise.all([
      readReport(report, [request('report', 0)]),
      downloaded(download, request, clock),
      uploaded(upload, request),
    ]);
    if (about === null && reverse.durationMs === null && forward.durationMs === null) return null;
    return {
      mssArrived: about?.syn?.mss ?? null,
      mssSent: about === null ? null : about.advMss + (timestamps ? TCP_TIMESTAMPS_SIZE : 0),
      pathMtu: about?.pathMtu ?? null,
      transfers: [reverse, forward],
    };
  } finally {
    for (const conversation of [report, download, upload]) conversation.end();
  }
}

async function downloaded(conversation: Conversation, request: ResponderRequests, clock: Clock): Promise<Transfer> {
  const failed: Transfer = { direction: 'reverse', bytes: TRANSFER_BYTES, durationMs: null, retransmits: null };
  conversation.send(request('reply', TRANSFER_BYTES));
  if ((await conversation.read(1)) === null) return failed;
  const start = clock.now();
  if ((await conversation.read(TRANSFER_BYTES - 1)) === null) return failed;
  const durationMs = Math.round((clock.now() - start) * 1000) / 1000;
  const report = await readReport(conversation, [request('report', 0)]);
  return { ...failed, durationMs, retransmits: report?.totalRetransmits ?? null };
}

async function uploaded(conversation: Conversation, request: ResponderRequests): Promise<Transfer> {
  const bytes = new Uint8Array(randomBytes(TRANSFER_BYTES));
  const report = await readReport(conversation, [request('upload', bytes.byteLength), bytes]);
  // Of what it sent itself only this end knows; the responder acknowledged all of it.
  return { direction: 'forward', bytes: bytes.byteLength, durationMs: report?.elapsedMs ?? null, retransmits: null };
}

/** Says it, and waits for the record that answers it. */
async function readReport(conversation: Conversation, words: readonly Uint8Array[]): Promise<TcpReport | null> {
  for (const word of words) conversation.send(word);
  const record = await conversation.readWith((bytes) => {
    const decoded = decodeRecord(bytes);
    return decoded === null ? null : { value: decoded.record, size: decoded.size };
  });
  return record?.kind === 'report' ? record.report : null;
}
