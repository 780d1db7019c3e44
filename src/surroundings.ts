/**
 * What can be seen around this process without sending anything: the environment that it runs in, as documented variables
 * and files show it, and this host's own interfaces. Types only; `net` reads it, `diagnosis` makes sense of it.
 */

export const INTERFACE_KINDS = [
  'loopback',
  'veth',
  'bridge',
  'bond',
  'vlan',
  'macvlan',
  'ipvlan',
  'vxlan',
  'wireguard',
  'tun',
  'other',
] as const;
export type InterfaceKind = (typeof INTERFACE_KINDS)[number];

export interface LocalInterface {
  readonly name: string;
  readonly mtu: number;
  readonly kind: InterfaceKind;
}

export interface Surroundings {
  /** Environment variables that some documentation names, and no others: secrets stay where they are. */
  readonly variables: Readonly<Record<string, string>>;
  /** Text of files whose presence tells something, by path; a file that is not there, or may not be read, is missing. */
  readonly files: Readonly<Record<string, string>>;
  readonly interfaces: readonly LocalInterface[];
}

export const NO_SURROUNDINGS: Surroundings = { variables: {}, files: {}, interfaces: [] };
