/** Bytes from outside that are not what they claim to be. Channels count these and drop the packet. */
export class MalformedPacketError extends Error {
  static readonly code = 'MALFORMED_PACKET';
  readonly code = MalformedPacketError.code;

  /** @param field what was being read; @param at the offset or value that could not be right. */
  constructor(field: string, at: number) {
    super(`malformed ${field} (${at})`);
    this.name = 'MalformedPacketError';
  }
}
