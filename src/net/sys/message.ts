/** `struct msghdr` (recvmsg(2), sendmsg(2)): a datagram together with its address and with what the kernel says of it. */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { addressOf, lastErrno, libc } from './libc.ts';
import { SOCKADDR_BYTES } from './sockaddr.ts';

const MSGHDR_BYTES = 56; // struct msghdr, bits/socket.h, 64-bit
const IOVEC_BYTES = 16; // struct iovec, bits/types/struct_iovec.h, 64-bit
const CMSGHDR_BYTES = 16; // struct cmsghdr, bits/socket.h, 64-bit
const CONTROL_BYTES = 512;

/** Fields of `struct msghdr`, and behind it of the one `struct iovec`. */
const NAME = 0;
const NAME_LENGTH = 8;
const VECTOR = 16;
const VECTOR_LENGTH = 24;
const CONTROL = 32;
const CONTROL_LENGTH = 40;
const BASE = MSGHDR_BYTES;
const BASE_LENGTH = MSGHDR_BYTES + 8;

const CONTROL_AT = MSGHDR_BYTES + IOVEC_BYTES;
const NAME_AT = CONTROL_AT + CONTROL_BYTES;
const PAYLOAD_AT = NAME_AT + ((SOCKADDR_BYTES + 7) & ~7);

/** One entry of control data. */
export interface Control {
  readonly level: number;
  readonly type: number;
  readonly bytes: Uint8Array;
}

export class Message {
  /**
   * The structure with all that it points to, in one piece: a pointer keeps nothing alive, so that parts of their own
   * would be collected under the kernel's hands.
   */
  readonly #memory: Uint8Array;
  readonly #view: DataView;

  /** @param room for the datagram, in bytes. */
  constructor(room: number) {
    this.#memory = new Uint8Array(PAYLOAD_AT + room);
    this.#view = viewOf(this.#memory);
  }

  /** @returns the datagram's length, or the negative error number. What the rest of it says holds until the next call. */
  receive(fd: number, flags: number): number {
    this.#describe(SOCKADDR_BYTES, CONTROL_BYTES, this.#memory.byteLength - PAYLOAD_AT);
    const length = libc.recvmsg(fd, this.#memory, flags);
    return length < 0 ? -lastErrno() : length;
  }

  /** @returns the bytes taken, or the negative error number. */
  send(fd: number, datagram: Uint8Array, to: Uint8Array, { level, type, bytes }: Control, flags: number): number {
    this.#memory.set(to, NAME_AT);
    this.#memory.set(datagram, PAYLOAD_AT);
    const length = CMSGHDR_BYTES + bytes.byteLength;
    this.#word(CONTROL_AT, BigInt(length));
    this.#view.setInt32(CONTROL_AT + 8, level, LITTLE_ENDIAN);
    this.#view.setInt32(CONTROL_AT + 12, type, LITTLE_ENDIAN);
    this.#memory.set(bytes, CONTROL_AT + CMSGHDR_BYTES);
    this.#describe(to.byteLength, aligned(length), datagram.byteLength);
    const sent = libc.sendmsg(fd, this.#memory, flags);
    return sent < 0 ? -lastErrno() : sent;
  }

  /** Of the last datagram received: valid until the next call. */
  payload(length: number): Uint8Array {
    return this.#memory.subarray(PAYLOAD_AT, PAYLOAD_AT + length);
  }

  /** A copy of the `struct sockaddr` that the last datagram came with. */
  name(): Uint8Array {
    return this.#memory.slice(NAME_AT, NAME_AT + this.#view.getUint32(NAME_LENGTH, LITTLE_ENDIAN));
  }

  /** What came with the last datagram: valid until the next call; `null` when there is no such entry. */
  control(level: number, type: number): Uint8Array | null {
    const end = CONTROL_AT + Number(this.#view.getBigUint64(CONTROL_LENGTH, LITTLE_ENDIAN));
    for (let at = CONTROL_AT; at + CMSGHDR_BYTES <= end; ) {
      const length = Number(this.#view.getBigUint64(at, LITTLE_ENDIAN));
      const isIt =
        this.#view.getInt32(at + 8, LITTLE_ENDIAN) === level && this.#view.getInt32(at + 12, LITTLE_ENDIAN) === type;
      if (isIt) return this.#memory.subarray(at + CMSGHDR_BYTES, at + length);
      at += Math.max(CMSGHDR_BYTES, aligned(length));
    }
    return null;
  }

  #describe(nameLength: number, controlLength: number, payloadLength: number): void {
    const base = addressOf(this.#memory);
    this.#word(NAME, base + BigInt(NAME_AT));
    this.#view.setUint32(NAME_LENGTH, nameLength, LITTLE_ENDIAN);
    this.#word(VECTOR, base + BigInt(BASE));
    this.#word(VECTOR_LENGTH, 1n);
    this.#word(CONTROL, base + BigInt(CONTROL_AT));
    this.#word(CONTROL_LENGTH, BigInt(controlLength)); // when receiving: the room before, what is used of it after
    this.#word(BASE, base + BigInt(PAYLOAD_AT));
    this.#word(BASE_LENGTH, BigInt(payloadLength));
  }

  #word(at: number, value: bigint): void {
    this.#view.setBigUint64(at, value, LITTLE_ENDIAN);
  }
}

/** CMSG_ALIGN, bits/socket.h. */
function aligned(length: number): number {
  return (length + 7) & ~7;
}
