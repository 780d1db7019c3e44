/** What the user wrote as a target, read: a URL, a name, an address, with or without a port. */

import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { ResolveOptions } from '../config/options.ts';
import { UsageError } from '../errors.ts';
import type { PathTarget } from '../measure/channel.ts';
import { RESPONDER_PORT } from '../wire/responder.ts';

export interface ParsedTarget extends Pick<PathTarget, 'target' | 'host' | 'url' | 'scheme' | 'ports' | 'path'> {
  /** The host is an address, not a name. */
  readonly literal: boolean;
}

const HTTPS_PORT = 443; // RFC 9110 §4.2.2
const HTTP_PORT = 80; // RFC 9110 §4.2.1
/** What a name without scheme and port is tried at, in this order. */
const BARE_PORTS = [HTTPS_PORT, HTTP_PORT];

/** @throws UsageError with one line that names the target and says how to write it. */
export function parseTarget(target: string, options: Pick<ResolveOptions, 'port' | 'path'>): ParsedTarget {
  const text = target.trim();
  return text.includes('://') ? parseUrl(text, options) : parseBare(text, options);
}

function parseUrl(text: string, options: Pick<ResolveOptions, 'port' | 'path'>): ParsedTarget {
  if (/^mtu:/i.test(text)) return parseResponder(text, options);
  const url = URL.canParse(text) ? new URL(text) : refuse(text, 'is not a URL: write https://example.org/path');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    refuse(
      text,
      `has the scheme ${url.protocol.slice(0, -1)}: only https, http and mtu can be measured, or give host:port`,
    );
  }
  if (url.username !== '' || url.password !== '') refuse(text, 'carries a password: leave it out, nothing logs in');
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const own = url.port === '' ? (scheme === 'https' ? HTTPS_PORT : HTTP_PORT) : Number(url.port);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const path = requestPath(text, options.path ?? `${url.pathname}${url.search}`);
  return assemble(text, host, scheme, [usablePort(text, options.port ?? own)], path);
}

/** A responder of our own: a host, and a port where it is not the usual one. */
function parseResponder(text: string, { port }: Pick<ResolveOptions, 'port'>): ParsedTarget {
  const [, place = ''] = /^mtu:\/\/([^/?#@\s]+)\/?$/i.exec(text) ?? [];
  const http = `http://${place}/`;
  if (place === '' || !URL.canParse(http)) refuse(text, 'names no responder: write mtu://host or mtu://host:port');
  // The port that http leaves out is a port as any other here.
  const own = /:(\d+)$/.exec(place)?.[1];
  const chosen = usablePort(text, own === undefined ? (port ?? RESPONDER_PORT) : Number(own));
  const host = new URL(http).hostname.replace(/^\[(.*)\]$/, '$1');
  return { ...assemble(text, host, 'mtu', [chosen], '/'), url: `mtu://${bracketed(host)}:${chosen}` };
}

function parseBare(text: string, options: Pick<ResolveOptions, 'port' | 'path'>): ParsedTarget {
  if (/[/?#@\s]/.test(text))
    refuse(text, 'is neither a name nor an address: for a path write https://example.org/path');
  const inBrackets = /^\[([^\]]*)\](?::(\d+))?$/.exec(text);
  const named = /^([^:]+)(?::(\d+))?$/.exec(text);
  const [, host, port] = isIP(text) === 6 ? [text, text, undefined] : (inBrackets ?? named ?? []);
  if (host === undefined) refuse(text, 'is neither a name nor an address: write host, host:port or [IPv6]:port');
  if (inBrackets !== null && isIP(host) !== 6) refuse(text, 'has no IPv6 address between its brackets');
  const own = options.port ?? (port === undefined ? null : Number(port));
  const ports = own === null ? BARE_PORTS : [usablePort(text, own)];
  return assemble(text, hostOf(text, host), 'any', ports, requestPath(text, options.path ?? '/'));
}

/** Punycode, lower case, and the check of its characters: all as a URL's host. */
function hostOf(text: string, host: string): string {
  if (isIP(host) === 6) return host;
  const url = `http://${host}/`;
  return URL.canParse(url)
    ? new URL(url).hostname
    : refuse(text, 'is not a name that DNS could know: check its spelling');
}

function assemble(
  target: string,
  host: string,
  scheme: ParsedTarget['scheme'],
  ports: readonly number[],
  path: string,
): ParsedTarget {
  const literal = isIP(host) !== 0;
  const name = literal ? ipaddr.parse(host).toString() : host;
  const [port = HTTPS_PORT] = ports;
  const plain = scheme === 'http' || (scheme === 'any' && port === HTTP_PORT);
  const suffix = port === (plain ? HTTP_PORT : HTTPS_PORT) ? '' : `:${port}`;
  const url = `${plain ? 'http' : 'https'}://${bracketed(name)}${suffix}${path}`;
  return { target, host: name, url, scheme, ports, path, literal };
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function requestPath(target: string, path: string): string {
  if (!path.startsWith('/') || /[^\x21-\x7e]/.test(path)) {
    refuse(
      target,
      `cannot be asked for the path ${JSON.stringify(path)}: it starts with / and percent-encodes the rest`,
    );
  }
  return path;
}

function usablePort(target: string, port: number): number {
  if (port < 1 || port > 65535) refuse(target, `has port ${port}: ports go from 1 to 65535`); // RFC 9293 §3.1
  return port;
}

function refuse(target: string, why: string): never {
  throw new UsageError(`target ${JSON.stringify(target)} ${why}`);
}
