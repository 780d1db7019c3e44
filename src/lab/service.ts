/** What listens on a port of the lab, as data; `server.ts` and `nginx.ts` make it true. */

export interface Page {
  /** Length of every body. */
  readonly bytes: number;
  /** Whether a Range header is honoured (206) or ignored (200), both of which are legal (RFC 9110 §14.2). */
  readonly ranges: boolean;
}

/** Where a server takes its time, in milliseconds. */
export interface Pace {
  /** Between the handshake of TCP and the first byte of TLS. */
  readonly beforeTlsMs: number;
  /** Between the request and the reply of HTTP. */
  readonly beforeReplyMs: number;
  /** Doing nothing else, per connection: one worker that signs with a slow key. */
  readonly busyMs: number;
}

/** Over TCP, with pages to download. */
export type PageService =
  | {
      readonly kind: 'https';
      readonly port: number;
      readonly certificate: 'rsa' | 'ecdsa';
      readonly page: Page;
      readonly pace: Pace;
      readonly backlog: number;
    }
  | {
      readonly kind: 'http';
      readonly port: number;
      readonly page: Page;
      readonly pace: Pace;
      readonly backlog: number;
    };

/** Over UDP: says which versions of QUIC it knows, or that it refuses a question of DNS. */
export type DatagramService =
  | { readonly kind: 'quic'; readonly port: number }
  | { readonly kind: 'dns'; readonly port: number };

export type Service =
  | PageService
  | DatagramService
  /** Accepts, reads, and never answers. */
  | { readonly kind: 'silent'; readonly port: number };

export interface Server {
  readonly host: string;
  /** `responder` is `mtu-probe serve`, and has no services beside that. */
  readonly software: 'node' | 'nginx' | 'responder';
  readonly services: readonly Service[];
}

export const PROMPT: Pace = { beforeTlsMs: 0, beforeReplyMs: 0, busyMs: 0 };
const BACKLOG = 511; // Node's default (net.Server.listen)
const LONG_PAGE: Page = { bytes: 256 * 1024, ranges: true };

export const HTTPS = {
  kind: 'https',
  port: 443,
  certificate: 'rsa',
  page: LONG_PAGE,
  pace: PROMPT,
  backlog: BACKLOG,
} satisfies Service;
export const HTTP = { kind: 'http', port: 80, page: LONG_PAGE, pace: PROMPT, backlog: BACKLOG } satisfies Service;

/** What an ordinary site has: TLS on 443 with an RSA chain, plain HTTP on 80. */
export function site(host = 'S', software: Server['software'] = 'node'): Server {
  return { host, software, services: [HTTPS, HTTP] };
}
