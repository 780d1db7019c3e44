/** What a receiver is sent: an event as JSON of bounded length, and headers that prove who sent it. */

import { createHash, createHmac } from 'node:crypto';
import type { PathReport } from '../../contract.ts';
import type { ServiceEvent, Turn } from '../contract.ts';

/** Who notifies. */
export interface Sender {
  readonly version: string;
  /** Name of the host, as receivers are to know it. */
  readonly host: string;
}

/** Every header that is sent beside those of HTTP itself. `docs/notifications.md` explains each one. */
export const HEADERS = [
  'content-type',
  'user-agent',
  'x-mtu-probe-event',
  'x-mtu-probe-delivery',
  'x-mtu-probe-timestamp',
  'x-mtu-probe-signature',
] as const;
export type Header = (typeof HEADERS)[number];

/** What is left out of a body that would be too long, in this order. */
export const OMISSIONS = ['evidence', 'remedies', 'reports', 'summary'] as const;
export type Omission = (typeof OMISSIONS)[number];

/** Of the body, in bytes. Receivers refuse more: the web servers in front of them often take 100 kB to 1 MB. */
export const LONGEST_BODY = 64 * 1024;
/** In characters. A summary is one sentence; only the words of an error can make it longer. */
const SHORT_SUMMARY = 1000;

const SHORTEN: Readonly<Record<Omission, (event: ServiceEvent) => object>> = {
  evidence: withReports((report) => ({ ...report, evidence: [] })),
  remedies: withReports((report) => ({
    ...report,
    findings: report.findings.map((finding) => ({ ...finding, remedies: [] })),
  })),
  reports: withReports(() => null),
  summary: (event) => ({ ...event, summary: event.summary.slice(0, SHORT_SUMMARY) }),
};

/** @returns JSON of at most `LONGEST_BODY` bytes; it says itself what was left out for that. */
export function bodyOf(event: ServiceEvent, sender: Sender): string {
  let shortened: object = event;
  const leftOut: Omission[] = [];
  const written = (): string => JSON.stringify({ schemaVersion: 1, service: sender, event: shortened, leftOut });
  for (const omission of OMISSIONS) {
    if (Buffer.byteLength(written()) <= LONGEST_BODY) break;
    shortened = SHORTEN[omission](shortened as ServiceEvent);
    leftOut.push(omission);
  }
  return written();
}

/** The same for every try of one event at one receiver, also after a restart: who has seen it may drop it. */
export function deliveryId(event: ServiceEvent, { host }: Sender, receiver: string): string {
  const parts = [host, receiver, event.id, event.at];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/**
 * The time is signed with the body, so that nobody who overheard a delivery can send it again later.
 * @param secret the key; `null` sends no signature.
 * @param timestamp seconds since 1970-01-01 UTC.
 */
export function headersOf(
  kind: ServiceEvent['kind'],
  delivery: string,
  version: string,
  signed: { readonly timestamp: number; readonly body: string; readonly secret: Uint8Array | null },
): Readonly<Partial<Record<Header, string>>> {
  const { timestamp, body, secret } = signed;
  const headers = {
    'content-type': 'application/json',
    'user-agent': `mtu-probe/${version}`,
    'x-mtu-probe-event': kind,
    'x-mtu-probe-delivery': delivery,
    'x-mtu-probe-timestamp': `${timestamp}`,
  };
  return secret === null ? headers : { ...headers, 'x-mtu-probe-signature': signatureOf(secret, timestamp, body) };
}

/** HMAC-SHA256 (RFC 2104) over `<timestamp>.<body>`. */
export function signatureOf(secret: Uint8Array, timestamp: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

function withReports(change: (report: PathReport) => object | null): (event: ServiceEvent) => object {
  const turn = (side: Turn | null): object | null => (side === null ? null : { ...side, report: change(side.report) });
  return (event) => ({ ...event, before: turn(event.before), after: turn(event.after) });
}
