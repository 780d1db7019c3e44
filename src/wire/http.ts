/** HTTP/1.1 requests (RFC 9110, RFC 9112): one that is answered, and one that never ends. */

export interface HttpRequest {
  /** Value of the Host header: name, port where it is not the scheme's own. */
  readonly host: string;
  readonly path: string;
  /** How much of the body is wanted, in bytes. */
  readonly replyBytes: number;
  /** Whether the server is to end the connection behind its reply. */
  readonly close: boolean;
}

const USER_AGENT = 'mtu-probe';
/** Length of one header line that only fills: servers refuse lines of more than 8 kB, and paths too (nginx, Apache). */
const FILLER_LINE = 4000;

/** Asks for the first bytes of the path, as they are. Servers that know no Range send all; that fills segments too. */
export function httpRequest({ host, path, replyBytes, close }: HttpRequest): Uint8Array {
  const range = `Range: bytes=0-${replyBytes - 1}\r\n`;
  // An open connection is the rule in HTTP/1.1 and needs no header (RFC 9112 §9.3).
  const last = close ? 'Connection: close\r\n' : '';
  return ascii(`${firstLines(host, path)}Accept: */*\r\nAccept-Encoding: identity\r\n${range}${last}\r\n`);
}

/**
 * Bytes `from` to `from + length` of a GET whose header lines never come to an end: legal so far, wherever it stops.
 *
 * @param from how much of it was sent before on this connection.
 */
export function partialHttpRequest(host: string, from: number, length: number): Uint8Array {
  const head = ascii(`${firstLines(host, '/')}X-Filler: `);
  const line = ascii(`${'a'.repeat(FILLER_LINE)}\r\nX-Filler: `);
  return Uint8Array.from({ length }, (_, index) => {
    const at = from + index;
    return (at < head.length ? head[at] : line[(at - head.length) % line.length]) as number;
  });
}

function firstLines(host: string, path: string): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: ${USER_AGENT}\r\n`;
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
