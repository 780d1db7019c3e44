/** What a client asks a responder for, in datagrams (docs/protocol.md). */

import { layoutSize, readFields, writeFields } from './layout.ts';
import { MalformedPacketError } from './malformed.ts';
import {
  HEADER_SIZE,
  MOST_WAVE_PACKETS,
  PROBE,
  PROTOCOL_VERSION,
  REQUEST_TYPES,
  SMALLEST_REQUEST,
  WAVE,
  WAVE_PACKET,
} from './responder.ts';
import { datagram, type Envelope, type Mac, type Received, readHeader } from './responder-header.ts';

export interface WavePacket {
  readonly id: number;
  /** Of the whole IP packet that is to come. */
  readonly size: number;
}

export type Request =
  | { readonly kind: 'hello' }
  /** Tells whether a packet of this size arrives: the datagram is padded to it. */
  | { readonly kind: 'probe'; readonly id: number }
  /** Asks for packets of these sizes. */
  | { readonly kind: 'wave'; readonly packets: readonly WavePacket[] }
  | { readonly kind: 'status' };

/** @param length of the datagram: it is padded to that, and to `SMALLEST_REQUEST`. */
export function encodeRequest(envelope: Envelope, request: Request, length: number, mac: Mac | null): Uint8Array {
  const header = { ...envelope, type: REQUEST_TYPES[request.kind] };
  return datagram(header, requestBody(request), Math.max(length, SMALLEST_REQUEST), mac);
}

function requestBody(request: Request): Uint8Array {
  switch (request.kind) {
    case 'hello':
    case 'status':
      return new Uint8Array(0);
    case 'probe': {
      const bytes = new Uint8Array(layoutSize(PROBE));
      writeFields(bytes, 0, PROBE, request);
      return bytes;
    }
    case 'wave': {
      const bytes = new Uint8Array(waveSize(request.packets.length));
      writeFields(bytes, 0, WAVE, { count: request.packets.length });
      for (const [index, packet] of request.packets.entries()) writeFields(bytes, waveSize(index), WAVE_PACKET, packet);
      return bytes;
    }
  }
}

function waveSize(packets: number): number {
  return layoutSize(WAVE) + packets * layoutSize(WAVE_PACKET);
}

/** @throws MalformedPacketError when it is no request of this version, or shorter than `SMALLEST_REQUEST`. */
export function decodeRequest(bytes: Uint8Array): Received<Request> {
  if (bytes.byteLength < SMALLEST_REQUEST) throw new MalformedPacketError('request length', bytes.byteLength);
  const header = readHeader(bytes);
  if (header.version !== PROTOCOL_VERSION) throw new MalformedPacketError('responder version', header.version);
  switch (header.type) {
    case REQUEST_TYPES.hello:
      return { header, message: { kind: 'hello' }, bodySize: 0 };
    case REQUEST_TYPES.status:
      return { header, message: { kind: 'status' }, bodySize: 0 };
    case REQUEST_TYPES.probe:
      return {
        header,
        message: { kind: 'probe', ...readFields(bytes, HEADER_SIZE, PROBE, 'probe') },
        bodySize: layoutSize(PROBE),
      };
    case REQUEST_TYPES.wave: {
      const { count } = readFields(bytes, HEADER_SIZE, WAVE, 'wave');
      if (count > MOST_WAVE_PACKETS) throw new MalformedPacketError('packets in a wave', count);
      const packets = Array.from({ length: count }, (_, index) =>
        readFields(bytes, HEADER_SIZE + waveSize(index), WAVE_PACKET, 'wave'),
      );
      return { header, message: { kind: 'wave', packets }, bodySize: waveSize(count) };
    }
    default:
      throw new MalformedPacketError('request type', header.type);
  }
}
