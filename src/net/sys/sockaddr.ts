/** `struct sockaddr_in` and `sockaddr_in6` (linux/in.h, linux/in6.h): family in host order, port in network order. */

import ipaddr from 'ipaddr.js';
import type { Family } from '../../contract.ts';
import type { Endpoint } from '../../endpoint.ts';
import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { AF_INET, AF_INET6 } from './constants.ts';
import { libc } from './libc.ts';

const SOCKADDR_IN_BYTES = 16; // linux/in.h
/** `struct sockaddr_in6` (linux/in6.h): room for either. */
export const SOCKADDR_BYTES = 28;

export function addressFamily(family: Family): number {
  return family === 4 ? AF_INET : AF_INET6;
}

/** The 4 or 16 bytes of an address literal, without its zone. */
export function addressBytes(address: string): Uint8Array {
  return Uint8Array.from(ipaddr.parse(address).toByteArray());
}

/** @param bytes 4, or 16 that may be an IPv4 address mapped (RFC 4291 §2.5.5.2). */
export function addressText(bytes: Uint8Array): string {
  return ipaddr.process(ipaddr.fromByteArray([...bytes]).toString()).toString();
}

/** Whether the bytes are as many as an address has. */
export function isAddress({ byteLength }: Uint8Array): boolean {
  return byteLength === 4 || byteLength === 16;
}

/** @param bytes 4 or 16; of the family that their number says. */
export function literalOf(bytes: Uint8Array): string {
  return ipaddr.fromByteArray([...bytes]).toString();
}

/** @param address literal of either family; a zone (`fe80::1%eth0`) names the interface (RFC 4007 §11). */
export function encodeSockaddr({ address, port }: Endpoint): Uint8Array {
  const bytes = addressBytes(address);
  const isIpv4 = bytes.byteLength === 4;
  const sockaddr = new Uint8Array(isIpv4 ? SOCKADDR_IN_BYTES : SOCKADDR_BYTES);
  const view = viewOf(sockaddr);
  view.setUint16(0, isIpv4 ? AF_INET : AF_INET6, LITTLE_ENDIAN);
  view.setUint16(2, port);
  sockaddr.set(bytes, isIpv4 ? 4 : 8);
  const zone = address.split('%')[1];
  if (zone !== undefined) view.setUint32(24, libc.ifNameToIndex(zone), LITTLE_ENDIAN);
  return sockaddr;
}

/** `null` for an address of neither family, as the kernel writes where it knows none. */
export function decodeSockaddr(sockaddr: Uint8Array): Endpoint | null {
  const end = readSockaddr(sockaddr);
  return end === null ? null : { address: ipaddr.fromByteArray([...end.address]).toString(), port: end.port };
}

/** The same without text: an address of 4 or 16 bytes. */
export function readSockaddr(sockaddr: Uint8Array): { readonly address: Uint8Array; readonly port: number } | null {
  const view = viewOf(sockaddr);
  const family = sockaddr.byteLength < 2 ? 0 : view.getUint16(0, LITTLE_ENDIAN);
  const [start, end] = family === AF_INET ? [4, 8] : [8, 24];
  if ((family !== AF_INET && family !== AF_INET6) || sockaddr.byteLength < end) return null;
  return { address: sockaddr.slice(start, end), port: view.getUint16(2) };
}
