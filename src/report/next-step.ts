import type { PathReport } from '../contract.ts';
import { mtuToConfigure } from '../mtu-to-configure.ts';

/** What to do, with the number in it; `null` where there is nothing to do, or the findings say it. */
export function nextStep(path: PathReport): string | null {
  if (path.findings.some(({ remedies }) => remedies.length > 0)) return null;
  const mtu = mtuToConfigure(path);
  switch (path.verdict) {
    case 'clear':
    case 'inconclusive':
      return null;
    case 'clamped':
      return mtu === null
        ? 'nothing for TCP'
        : `nothing for TCP; set the MTU to ${mtu} where QUIC, DNS or tunnels are used`;
    case 'reduced':
    case 'delayed':
    case 'black-hole':
      if (mtu === null) return 'show this to whoever runs the network: no number to set is certain';
      return (
        `put ${mtu} where the MTU of this network is configured (Docker: "mtu": ${mtu} in daemon.json, and ` +
        'com.docker.network.driver.mtu for networks of your own), make the container anew, run this again'
      );
    case 'unreachable':
      return 'check the address, the port, the route and the firewall';
  }
}
