/**
 * TLS ClientHello messages (RFC 8446 §4.1.2): one that makes a server send its certificate, and one that never ends.
 *
 * The reply is what counts, so the offer is made for a long one that comes at once: RSA before ECDSA, stapled OCSP,
 * key shares for both common curves (no HelloRetryRequest), no certificate compression, no resumption.
 */

const HANDSHAKE = 22; // ContentType, RFC 8446 §5.1
const CLIENT_HELLO = 1; // HandshakeType, RFC 8446 §4
const LEGACY_RECORD_VERSION = 0x0301; // RFC 8446 §5.1
const LEGACY_VERSION = 0x0303; // RFC 8446 §4.1.2
/** TLS 1.3, TLS 1.2 (RFC 8446 §4.2.1). */
const VERSIONS = [0x0304, 0x0303];

/** IANA TLS Cipher Suites: TLS 1.3, then ECDHE with RSA, with ECDSA, then RSA key exchange for old servers. */
const CIPHER_SUITES = [
  0x1301, 0x1302, 0x1303, 0xc02f, 0xc030, 0xcca8, 0xc02b, 0xc02c, 0xcca9, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f,
  0x0035,
];

/** IANA TLS SignatureScheme: RSA-PSS and PKCS #1 first, since RSA chains are longer than ECDSA ones. */
const SIGNATURE_SCHEMES = [0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0403, 0x0503, 0x0603, 0x0807];

const X25519 = 0x001d; // RFC 8446 §4.2.7
const SECP256R1 = 0x0017; // RFC 8446 §4.2.7
const SECP384R1 = 0x0018; // RFC 8446 §4.2.7
/** The base point of P-256, uncompressed (SP 800-186 §3.2.1.3): a valid public key that needs no arithmetic. */
const P256_BASE_POINT =
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5';

/** IANA TLS ExtensionType. */
const EXTENSION = {
  serverName: 0,
  statusRequest: 5,
  supportedGroups: 10,
  ecPointFormats: 11,
  signatureAlgorithms: 13,
  alpn: 16,
  padding: 21,
  extendedMasterSecret: 23,
  supportedVersions: 43,
  keyShare: 51,
  renegotiationInfo: 0xff01,
} as const;

/** What `clientHello` takes of randomness: the random, the session id, and an X25519 public key (any 32 bytes are one). */
export const HELLO_RANDOM_SIZE = 96;

export interface ClientHello {
  /** `null` sends none. */
  readonly serverName: string | null;
  /** `HELLO_RANDOM_SIZE` bytes. */
  readonly random: Uint8Array;
}

/** One whole record. */
export function clientHello({ serverName, random }: ClientHello): Uint8Array {
  const shares = [
    ...u16(X25519),
    ...vector16([...random.subarray(64, 96)]),
    ...u16(SECP256R1),
    ...vector16(fromHex(P256_BASE_POINT)),
  ];
  const extensions = [
    ...(serverName === null ? [] : extension(EXTENSION.serverName, vector16([0, ...vector16(ascii(serverName))]))),
    ...extension(EXTENSION.statusRequest, [1, 0, 0, 0, 0]), // RFC 6066 §8: ocsp, no responders, no extensions
    ...extension(EXTENSION.supportedGroups, vector16([X25519, SECP256R1, SECP384R1].flatMap(u16))),
    ...extension(EXTENSION.ecPointFormats, vector8([0])), // RFC 8422 §5.1.2: uncompressed
    ...extension(EXTENSION.signatureAlgorithms, vector16(SIGNATURE_SCHEMES.flatMap(u16))),
    ...extension(EXTENSION.alpn, vector16(vector8(ascii('http/1.1')))),
    ...extension(EXTENSION.extendedMasterSecret, []),
    ...extension(EXTENSION.supportedVersions, vector8(VERSIONS.flatMap(u16))),
    ...extension(EXTENSION.keyShare, vector16(shares)),
    ...extension(EXTENSION.renegotiationInfo, vector8([])),
  ];
  const body = [...helloStart(random), ...vector16(extensions)];
  const message = [CLIENT_HELLO, ...u24(body.length), ...body];
  return Uint8Array.from([...recordHeader(message.length), ...message]);
}

const LARGEST_RECORD = 16384; // RFC 8446 §5.1
const RECORD_HEADER = 5;
const RECORD_STRIDE = RECORD_HEADER + LARGEST_RECORD;
/** With its header the longest that common servers take (rustls: 65535); most wait for whole records before looking. */
const PARTIAL_MESSAGE = 65535;

/**
 * Bytes `from` to `from + length` of a ClientHello in several records, nearly all of it padding (RFC 7685): legal so
 * far, wherever it stops. It ends after 65 kB, which is more than one connection ever sends.
 *
 * @param random as for `clientHello`; the same for every part of one connection's.
 * @param from how much of it was sent before on this connection.
 */
export function partialClientHello(random: Uint8Array, from: number, length: number): Uint8Array {
  const start = partialStart(random);
  const header = recordHeader(LARGEST_RECORD);
  return Uint8Array.from({ length }, (_, index) => {
    const [record, at] = [Math.floor((from + index) / RECORD_STRIDE), (from + index) % RECORD_STRIDE];
    if (at < RECORD_HEADER) return header[at] as number;
    return start[record * LARGEST_RECORD + at - RECORD_HEADER] ?? 0;
  });
}

const APPLICATION_DATA = 23; // ContentType, RFC 8446 §5.1
/** Of every record since TLS 1.2 (RFC 8446 §5.1, RFC 5246 §6.2.1). */
const RECORD_VERSION = [0x03, 0x03];

/**
 * Bytes `from` to `from + length` of records that come behind a handshake: what they hold could only be told when they
 * are whole, and nearly every server waits for that. In TLS 1.3 nothing else may come here.
 */
export function partialRecord(from: number, length: number): Uint8Array {
  const header = [APPLICATION_DATA, ...RECORD_VERSION, ...u16(LARGEST_RECORD)];
  return Uint8Array.from({ length }, (_, index) => header[(from + index) % RECORD_STRIDE] ?? 0);
}

function partialStart(random: Uint8Array): number[] {
  const start = helloStart(random);
  const extensions = PARTIAL_MESSAGE - 4 - start.length - 2;
  const padding = [...u16(extensions), ...u16(EXTENSION.padding), ...u16(extensions - 4)];
  return [CLIENT_HELLO, ...u24(PARTIAL_MESSAGE - 4), ...start, ...padding];
}

/** Everything before the extensions. */
function helloStart(random: Uint8Array): number[] {
  return [
    ...u16(LEGACY_VERSION),
    ...random.subarray(0, 32),
    ...vector8([...random.subarray(32, 64)]),
    ...vector16(CIPHER_SUITES.flatMap(u16)),
    ...vector8([0]), // no compression
  ];
}

function recordHeader(length: number): number[] {
  return [HANDSHAKE, ...u16(LEGACY_RECORD_VERSION), ...u16(length)];
}

function extension(type: number, body: readonly number[]): number[] {
  return [...u16(type), ...vector16(body)];
}

function vector8(body: readonly number[]): number[] {
  return [body.length, ...body];
}

function vector16(body: readonly number[]): number[] {
  return [...u16(body.length), ...body];
}

function u16(value: number): number[] {
  return [value >> 8, value & 0xff];
}

function u24(value: number): number[] {
  return [value >> 16, (value >> 8) & 0xff, value & 0xff];
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function fromHex(hex: string): number[] {
  return Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
