/** The part of the package that is used; it brings no types of its own. */
declare module 'raw-socket' {
  import type { EventEmitter } from 'node:events';

  export interface Socket extends EventEmitter {
    close(): this;
    /** Values are `uint32`, or bytes with their length. */
    setOption(level: number, option: number, value: number): void;
    setOption(level: number, option: number, value: Uint8Array, length: number): void;
  }

  const raw: {
    createSocket(options: { protocol: number; addressFamily: number; bufferSize: number }): Socket;
    readonly AddressFamily: { readonly IPv4: number; readonly IPv6: number };
  };
  export default raw;
}
