/** Podman, and Linux inside Windows. */

import { lines, type RemedyTable } from './rule.ts';

export const OTHER_ENGINES = {
  podman: {
    file: 'a shell, as root',
    format: 'sh',
    snippet: ({ mtu }) => `podman network create --opt mtu=${mtu} mtu-${mtu}`,
    recreate:
      'Start containers anew with --network: one that is there keeps its MTU. Since netavark 1.16 a network without ' +
      'this option takes the MTU of the default route.',
    source: 'podman-network-create(1): --opt mtu',
  },
  'podman-rootless': {
    file: '~/.config/containers/containers.conf',
    format: 'toml',
    snippet: ({ mtu }) => lines('[network]', `pasta_options = ["--mtu", "${mtu}"]`),
    recreate: 'Start containers anew. For one of them: podman run --network pasta:--mtu, and the number.',
    source: 'containers.conf(5): pasta_options; podman-run(1): --network pasta',
  },
  'podman-slirp4netns': {
    file: '~/.config/containers/containers.conf',
    format: 'toml',
    // Without the two dashes that the program itself has: slirp4netns is given key=value here.
    snippet: ({ mtu }) => lines('[engine]', `network_cmd_options = ["mtu=${mtu}"]`),
    recreate: 'Start containers anew. Podman gives slirp4netns an MTU of 65520 unless told otherwise.',
    source: 'containers.conf(5): network_cmd_options',
  },
  'podman-machine': {
    file: 'a shell on the host',
    format: 'sh',
    snippet: ({ mtu }) => `podman machine ssh sudo ip link set dev eth0 mtu ${mtu}`,
    recreate: 'Make networks and containers in it anew. It lasts until the machine is started again.',
    source: 'podman-machine-ssh(1)',
  },
  wsl: {
    file: '/etc/wsl.conf',
    format: 'ini',
    snippet: (place) => lines('[boot]', `command = ip link set dev ${place.interface} mtu ${place.mtu}`),
    recreate: 'wsl --shutdown in Windows, then open it again. Docker inside needs the number as well.',
    source: 'Microsoft, Advanced settings configuration in WSL: wsl.conf, boot command',
  },
} as const satisfies RemedyTable;
