/** One schema per kind of value that an option can have. Every message names the option and says what to write. */

import { isIP } from 'node:net';
import * as v from 'valibot';
import { RESPONDER_PORT } from '../wire/responder.ts';

/** A switch: there or not. */
export function flag() {
  return v.optional(v.boolean(), false);
}

/** A whole number within bounds. */
export function wholeNumber(option: string, from: number, to: number) {
  const message = refusal(option, `give a whole number from ${from} to ${to}`);
  return v.pipe(
    v.string(message),
    v.regex(/^\d{1,10}$/, message),
    v.transform(Number),
    v.minValue(from, message),
    v.maxValue(to, message),
  );
}

/** Seconds within bounds, fractions allowed; becomes milliseconds. */
export function seconds(option: string, from: number, to: number) {
  const message = refusal(option, `give seconds from ${from} to ${to}`);
  return v.pipe(
    v.string(message),
    v.regex(/^\d{1,5}(\.\d{1,3})?$/, message),
    v.transform(Number),
    v.minValue(from, message),
    v.maxValue(to, message),
    v.transform((value) => Math.round(value * 1000)),
  );
}

/** One word of a closed list. */
export function choice<const Words extends readonly string[]>(option: string, words: Words) {
  return v.picklist(words, refusal(option, `choose one of ${words.join(', ')}`));
}

/** Any text but none. */
export function text(option: string) {
  return v.pipe(v.string(), v.nonEmpty(`${option} is empty: give it a value, or leave it out`));
}

/** What to measure, each once. That a target can be resolved is seen later. */
export function targets(option: string) {
  const isOption = (value: string): boolean => value.startsWith('-');
  return v.pipe(
    v.optional(
      v.array(
        v.pipe(
          v.string(),
          v.check((value) => value.trim() !== '', `${option} is empty: give a name, an address or a URL`),
          v.check(
            (value) => !isOption(value),
            ({ input }) => `${option} ${input} looks like an option: give a name, an address or a URL after ${option}`,
          ),
        ),
      ),
      [],
    ),
    v.minLength(1, `nothing to measure: name a target, as in ${option} rubygems.org`),
    v.transform((values) => [...new Set(values.map((value) => value.trim()))]),
  );
}

/** Where a responder is, as a target: with its port, which `--port` does not speak of. */
export function responderPlace(option: string) {
  const place = /^(?:([^\s:/?#@[\]]+)|\[([0-9a-f:.]+)\]|([0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*))(?::(\d{1,5}))?$/i;
  return v.pipe(
    v.string(),
    v.regex(place, ({ input }) => `${option} ${input} is no place: write host, host:port or [IPv6]:port`),
    v.transform((value) => {
      const [, name, inBrackets, bare, port = RESPONDER_PORT] = place.exec(value) ?? [];
      return `mtu://${name ?? `[${inBrackets ?? bare}]`}:${port}`;
    }),
  );
}

/** A format and where it goes, as in `junit=report.xml`. A file name may have more of `=`. */
export function reportFiles<const Words extends readonly string[]>(option: string, formats: Words) {
  const parts = (value: string): readonly [string, string] => {
    const at = value.indexOf('=');
    return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
  };
  return v.optional(
    v.array(
      v.pipe(
        v.string(),
        v.check(
          (value) => formats.includes(parts(value)[0]),
          refusal(option, `begin it with one of ${formats.join(', ')} and =, as in junit=report.xml`),
        ),
        v.check((value) => parts(value)[1] !== '', refusal(option, 'name a file after =, as in junit=report.xml')),
        v.transform((value) => {
          const [format, file] = parts(value);
          return { format: format as Words[number], file };
        }),
      ),
    ),
    [],
  );
}

/** A name for TLS: letters, digits and hyphens between dots (RFC 6066 §3); never an address. */
export function host(option: string) {
  const message = refusal(
    option,
    'give a host name in ASCII, as in rubygems.org; an address is not sent as server name',
  );
  const label = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?'; // RFC 1035 §2.3.4: 63 at most
  return v.pipe(
    v.string(message),
    v.maxLength(253, message), // RFC 1035 §2.3.4: 255 with the length bytes at both ends
    v.regex(new RegExp(`^(${label}\\.)*${label}$`, 'i'), message),
    v.check((name) => !/(^|\.)\d+$/.test(name), message), // RFC 3696 §2: a name does not end in a number
  );
}

/** Path of an HTTP request: begins with a slash, no spaces, ASCII only (RFC 9112 §3.2.1). */
export function requestPath(option: string) {
  return v.pipe(
    v.string(),
    v.regex(
      /^\/[\x21-\x7e]*$/,
      refusal(option, 'begin it with / and percent-encode spaces and everything beyond ASCII'),
    ),
  );
}

const LARGEST_PORT = 65535; // RFC 9293 §3.1

/** Where to listen, as often as somebody likes. */
export function listenAddresses(option: string, port: number) {
  return v.array(listenAddress(option, port));
}

/** An address, and a port behind it if it is to be another one. IPv6 with a port is in brackets. */
export function listenAddress(option: string, port: number) {
  const parts = (value: string): { readonly address: string; readonly port: number } => {
    const [, bracketed, plain, digits] = /^(?:\[(.+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(value) ?? [];
    return { address: bracketed ?? plain ?? value, port: digits === undefined ? port : Number(digits) };
  };
  return v.pipe(
    v.string(),
    v.check(
      (value) => {
        const { address, port: at } = parts(value);
        return isIP(address) !== 0 && value.startsWith('[') <= address.includes(':') && at <= LARGEST_PORT;
      },
      refusal(
        option,
        `give an address of this host, as in 192.0.2.1, 192.0.2.1:${port}, 2001:db8::1 or [2001:db8::1]:${port}`,
      ),
    ),
    v.transform(parts),
  );
}

/** A user by name, or by number with or without the number of a group. */
export function userName(option: string) {
  const message = refusal(option, 'give the name of a user, or numbers as in 65534 or 65534:65534');
  // Names as useradd(8) allows them.
  return v.pipe(v.string(message), v.regex(/^([a-z_][a-z0-9_-]{0,31}|\d{1,10}(:\d{1,10})?)$/, message));
}

/** One line that names the option, shows what it was given and says what to write. */
export function refusal(option: string, fix: string): (issue: { readonly input: unknown }) => string {
  return ({ input }) => `${option} ${String(input)} cannot be used: ${fix}`;
}
