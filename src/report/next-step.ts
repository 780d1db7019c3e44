import type { PathReport } from '../contract.ts';

/** What to do, with the number in it; `null` where there is nothing to do, or the findings say it. */
export function nextStep(path: PathReport): string | null {
  if (path.findings.some(({ remedies }) => remedies.length > 0)) return null;
  const mtu = smallestPathMtu(path);
  switch (path.verdict) {
    case 'clear':
    case 'inconclusive':
      return null;
    case 'clamped':
      return `nothing for TCP; set the MTU to ${mtu} where QUIC, DNS or tunnels are used`;
    case 'reduced':
    case 'delayed':
    case 'black-hole':
      if (mtu === null || mtu >= path.egress.mtu)
        return 'show this to whoever runs the network: nothing set here would help';
      return (
        `put ${mtu} where the MTU of this network is configured (Docker: "mtu": ${mtu} in daemon.json, and ` +
        'com.docker.network.driver.mtu for networks of your own), make the container anew, run this again'
      );
    case 'unreachable':
      return 'check the address, the port, the route and the firewall';
  }
}

/** The MTU that makes every packet fit, as far as both directions are known. */
function smallestPathMtu({ forward, reverse }: PathReport): number | null {
  const sizes = [forward.pathMtu, reverse.pathMtu].filter((size) => size !== null);
  return sizes.length === 0 ? null : Math.min(...sizes);
}
