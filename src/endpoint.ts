/** A port of an address. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** As a URL has it: `127.0.0.1:9482`, `[::1]:9482` (RFC 3986 §3.2.2). */
export function endpointText({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
