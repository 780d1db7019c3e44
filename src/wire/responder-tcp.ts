/** What a client asks a responder for on a TCP connection, and the records that it gets (docs/protocol.md). */

import { type Fields, layoutSize, readFields, writeFields } from './layout.ts';
import { MalformedPacketError } from './malformed.ts';
import {
  CLOSE_AFTER,
  ERROR,
  ERROR_CODES,
  ERROR_RECORD_SIZE,
  errorCodeOf,
  HIGHEST_VERSION,
  LOWEST_VERSION,
  MAC_SIZE,
  MAGIC,
  NOT_TIMED,
  OPERATIONS,
  PROTOCOL_VERSION,
  RECORD,
  RECORD_TYPES,
  REPORT,
  REPORT_RECORD_SIZE,
  type ResponderErrorCode,
  SYN_DONT_FRAGMENT,
  SYN_KNOWN,
  TCP_REQUEST,
  TCP_REQUEST_SIZE,
} from './responder.ts';
import { type Mac, NO_MAC } from './responder-header.ts';

export type Operation = keyof typeof OPERATIONS;

export interface TcpRequest {
  readonly operation: Operation;
  readonly session: Uint8Array;
  /** How many are to come; for `sink`, zero has no end. */
  readonly bytes: number;
  /** Of `reply`: the responder closes the connection behind it. */
  readonly closeAfter: boolean;
}

/** A SYN as it arrived at the responder. */
export interface ArrivedSyn {
  /** MSS that it advertises; `null` when it has no such option. */
  readonly mss: number | null;
  /** Of the whole IP packet. */
  readonly size: number;
  readonly hops: number;
  /** `false` for IPv6, which has no such bit. */
  readonly dontFragment: boolean;
}

/** How a connection looks from the responder: `tcp-info.ts` says what each is. */
export interface TcpReport {
  /** `null` where the responder's kernel did not keep it. */
  readonly syn: ArrivedSyn | null;
  readonly sndMss: number;
  readonly rcvMss: number;
  readonly advMss: number;
  readonly pathMtu: number;
  readonly rttUs: number;
  readonly totalRetransmits: number;
  /** From the first to the last byte of an `upload`; `null` elsewhere. */
  readonly elapsedMs: number | null;
  readonly bytesReceived: number;
  readonly bytesAcked: number;
}

export type TcpRecord =
  | { readonly kind: 'report'; readonly report: TcpReport }
  | {
      readonly kind: 'error';
      /** `null` for a code of a later version, which is never sent. */
      readonly code: ResponderErrorCode | null;
      readonly lowestVersion: number;
      readonly highestVersion: number;
    };

export interface TcpHeader {
  readonly version: number;
  /** Number of the operation or of the record. */
  readonly type: number;
  readonly session: Uint8Array;
  readonly mac: Uint8Array;
}

const MAC_AT = layoutSize(RECORD) - MAC_SIZE;

export function encodeTcpRequest(request: TcpRequest, mac: Mac | null): Uint8Array {
  const bytes = new Uint8Array(TCP_REQUEST_SIZE);
  writeFields(bytes, 0, TCP_REQUEST, {
    ...request,
    magic: MAGIC,
    version: PROTOCOL_VERSION,
    operation: OPERATIONS[request.operation],
    flags: request.closeAfter ? CLOSE_AFTER : 0,
    mac: NO_MAC,
  });
  return signed(bytes, mac);
}

/** Without regard to the version. @throws MalformedPacketError when it is no header of ours, or shorter than one. */
export function readTcpRequestHeader(bytes: Uint8Array): TcpHeader {
  const { magic, version, operation, session, mac } = readFields(bytes, 0, TCP_REQUEST, 'TCP request');
  if (magic !== MAGIC) throw new MalformedPacketError('responder magic', magic);
  return { version, type: operation, session, mac };
}

/** @throws MalformedPacketError when it is no request of this version. */
export function decodeTcpRequest(bytes: Uint8Array): TcpRequest {
  const { version, type, session } = readTcpRequestHeader(bytes);
  if (version !== PROTOCOL_VERSION) throw new MalformedPacketError('responder version', version);
  const found = Object.entries(OPERATIONS).find(([, number]) => number === type);
  if (found === undefined) throw new MalformedPacketError('TCP operation', type);
  const { flags, bytes: count } = readFields(bytes, 0, TCP_REQUEST, 'TCP request');
  return { operation: found[0] as Operation, session, bytes: count, closeAfter: (flags & CLOSE_AFTER) !== 0 };
}

/** What the mac has to be made of, for requests and records alike: all of it, the mac itself zero. */
export function signedTcp(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes).fill(0, MAC_AT, MAC_AT + MAC_SIZE);
}

export function encodeReport(session: Uint8Array, report: TcpReport, mac: Mac | null): Uint8Array {
  const bytes = new Uint8Array(REPORT_RECORD_SIZE);
  writeFields(bytes, 0, RECORD, recordHeader(session, RECORD_TYPES.report));
  const { syn, elapsedMs, ...numbers } = report;
  writeFields(bytes, layoutSize(RECORD), REPORT, {
    ...numbers,
    synMss: syn?.mss ?? 0,
    synSize: syn?.size ?? 0,
    synHops: syn?.hops ?? 0,
    synFlags: (syn === null ? 0 : SYN_KNOWN) | (syn?.dontFragment === true ? SYN_DONT_FRAGMENT : 0),
    reserved: 0,
    elapsedMs: elapsedMs ?? NOT_TIMED,
  });
  return signed(bytes, mac);
}

export function encodeErrorRecord(session: Uint8Array, code: ResponderErrorCode, mac: Mac | null): Uint8Array {
  const bytes = new Uint8Array(ERROR_RECORD_SIZE);
  writeFields(bytes, 0, RECORD, recordHeader(session, RECORD_TYPES.error));
  writeFields(bytes, layoutSize(RECORD), ERROR, {
    code: ERROR_CODES[code],
    lowestVersion: LOWEST_VERSION,
    highestVersion: HIGHEST_VERSION,
  });
  return signed(bytes, mac);
}

function recordHeader(session: Uint8Array, type: number): Fields<typeof RECORD> {
  return { magic: MAGIC, version: PROTOCOL_VERSION, type, flags: 0, session, mac: NO_MAC };
}

function signed(bytes: Uint8Array, mac: Mac | null): Uint8Array {
  if (mac !== null) bytes.set(mac(bytes).subarray(0, MAC_SIZE), MAC_AT);
  return bytes;
}

/**
 * Reads one record off the beginning of what came in; errors in any version.
 *
 * @returns the record and its length; `null` when more has to come in first.
 * @throws MalformedPacketError when it is no record, or one of another version.
 */
export function decodeRecord(
  bytes: Uint8Array,
): { readonly header: TcpHeader; readonly record: TcpRecord; readonly size: number } | null {
  const bodyAt = layoutSize(RECORD);
  if (bytes.byteLength < bodyAt) return null;
  const { magic, flags: _, ...header } = readFields(bytes, 0, RECORD, 'record');
  if (magic !== MAGIC) throw new MalformedPacketError('responder magic', magic);
  if (header.type === RECORD_TYPES.error) {
    if (bytes.byteLength < ERROR_RECORD_SIZE) return null;
    const { code, ...versions } = readFields(bytes, bodyAt, ERROR, 'record');
    return { header, record: { kind: 'error', code: errorCodeOf(code), ...versions }, size: ERROR_RECORD_SIZE };
  }
  if (header.version !== PROTOCOL_VERSION) throw new MalformedPacketError('responder version', header.version);
  if (header.type !== RECORD_TYPES.report) throw new MalformedPacketError('record type', header.type);
  if (bytes.byteLength < REPORT_RECORD_SIZE) return null;
  const report = reportOf(readFields(bytes, bodyAt, REPORT, 'record'));
  return { header, record: { kind: 'report', report }, size: REPORT_RECORD_SIZE };
}

function reportOf(fields: Fields<typeof REPORT>): TcpReport {
  const { synMss, synSize, synHops, synFlags, reserved: _, elapsedMs, ...numbers } = fields;
  const syn: ArrivedSyn = {
    mss: synMss || null,
    size: synSize,
    hops: synHops,
    dontFragment: (synFlags & SYN_DONT_FRAGMENT) !== 0,
  };
  return {
    ...numbers,
    syn: (synFlags & SYN_KNOWN) === 0 ? null : syn,
    elapsedMs: elapsedMs === NOT_TIMED ? null : elapsedMs,
  };
}
