import type { PathReport } from '../contract.ts';

/** A verdict in plain words, and no more of it than was measured. */
export function verdictSentence(path: PathReport): string {
  switch (path.verdict) {
    case 'clear':
      return clearSentence(path);
    case 'clamped':
      return 'TCP works, with smaller packets from the start.';
    case 'reduced':
      return 'Large packets are refused, and their sender is told.';
    case 'delayed':
      return 'Large packets vanish; their sender finds out by itself, seconds later.';
    case 'black-hole':
      return 'Large packets vanish, and their sender is not told.';
    case 'inconclusive':
      return 'Whether large packets get through is not known.';
    case 'unreachable':
      return 'Nothing answers, not even to small packets.';
  }
}

/** Packet size is out of the question only where both ways and all sizes of the interface were looked at. */
function clearSentence({ forward, reverse, egress, findings }: PathReport): string {
  if (findings.some(({ code }) => code === 'local')) return 'This host itself: nothing was sent.';
  if (reverse.pathMtu === null) return 'Large packets get through to there; the way back was not measured.';
  if (forward.pathMtu === null) return 'Large packets get through from there; the way to there was not measured.';
  const tried = Math.min(forward.pathMtu, reverse.pathMtu);
  return tried < egress.mtu
    ? `Packets of up to ${tried} bytes get through; larger ones were not tried.`
    : 'Large packets get through: if something hangs here, packet size is not the reason.';
}
