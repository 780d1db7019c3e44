/** What a finding says: once for whoever has never heard of MTU, once for a network engineer. */

import type { Layer, StepEnd } from './contract.ts';
import type { Sufferer } from './sufferer.ts';

/** How many names a sentence holds. */
const MOST_NAMES = 3;

export function summaryOf({ layer, step, standing, fits, lostFurtherOut }: Sufferer): string {
  const { inner, outer } = step;
  const narrowing =
    `${inner.interface} of ${inner.layer} takes packets of up to ${inner.mtu} bytes, and ${outer.interface} of ` +
    `${outer.layer}, which they leave through, only ${outer.mtu}`;
  const repair = ` Set the MTU of ${network(step)} to ${fits}.`;
  switch (standing.kind) {
    case 'broken':
      return lostFurtherOut.length > 0
        ? `${trouble(layer, standing.direction)}, but not here first: ${list(lostFurtherOut)} ${lostFurtherOut.length === 1 ? 'loses' : 'lose'} the same packets. ` +
            `Apart from that, ${narrowing}.${repair}`
        : `${trouble(layer, standing.direction)}: ${narrowing}.${repair}`;
    case 'told':
      return `${layer.name} works as long as its senders are told of smaller packets: ${narrowing}.${repair}`;
    case 'clamped':
      return `${layer.name} works, since TCP agrees on smaller packets from the start: ${narrowing}.${repair}`;
    case 'undecided':
      return `Large packets of ${layer.name} may get lost, and it could not be found out whether they do: ${narrowing}.${repair}`;
    case 'unmeasured':
    case 'passes':
      return `Large packets of ${layer.name} may get lost: ${narrowing}.${repair}`;
  }
}

/** @param further names of layers further in, which suffer by the same step. */
export function detailOf(sufferer: Sufferer, further: readonly string[]): string {
  const { layer, step, fits, lostFurtherOut } = sufferer;
  const { outer } = step;
  return [
    measuredWords(sufferer),
    ...(lostFurtherOut.length > 0
      ? [
          `${list(lostFurtherOut)} ${lostFurtherOut.length === 1 ? 'is' : 'are'} measured to lose packets of the same sizes, so that what breaks ${layer.name} lies ` +
            'further out, and this step is not to blame for it.',
        ]
      : []),
    ...(fits < outer.mtu ? [`Further out no more than ${fits} fits.`] : []),
    ...(isPair(sufferer)
      ? ['These are the two ends of one veth pair: it drops what its far end does not take, and tells nobody.']
      : []),
    ...(further.length > 0
      ? [`Further in, ${list(further)} ${further.length === 1 ? 'leaves' : 'leave'} through it as well.`]
      : []),
  ].join(' ');
}

function measuredWords({ layer, standing }: Sufferer): string {
  const { size, direction, kind } = standing;
  const measured = `Measured in ${layer.name}${direction === null ? '' : `, ${direction}`}:`;
  const arrive = size === null ? 'no size arrives' : `${size} bytes arrive`;
  switch (kind) {
    case 'broken':
      return `${measured} ${arrive}, larger packets vanish and their sender is not told.`;
    case 'told':
      return `${measured} ${arrive}, larger packets are refused and their sender is told. Where ICMP is filtered, they vanish.`;
    case 'clamped':
      return `${measured} ${arrive}, the MSS keeps TCP from sending larger ones. QUIC, DNS and tunnels are not protected by it.`;
    case 'undecided':
      return `Measured in ${layer.name} (${layer.report?.verdict ?? 'inconclusive'}), without any proof of larger packets.`;
    case 'unmeasured':
    case 'passes':
      return layer.notMeasured === null
        ? `What ${layer.name} sends through it was not measured.`
        : `Nothing was measured in ${layer.name} (${layer.notMeasured}).`;
  }
}

function trouble({ name, report }: Layer, direction: Sufferer['standing']['direction']): string {
  const what = direction === 'forward' ? 'Uploads' : 'Downloads';
  return `${what} of ${name} ${report?.verdict === 'delayed' ? 'stall for seconds' : 'hang'}`;
}

/** What the number is for. A step behind the layer's own interface is repaired at that. */
function network({ inner }: { readonly inner: StepEnd }): string {
  return `${inner.interface} of ${inner.layer}, and of what is behind it,`;
}

/** Both ends are in the way of packets one after the other, and one is the far end of the other. */
function isPair({ layer, step: { inner, outer } }: Sufferer): boolean {
  const end = inner.netns === layer.netns ? layer.interfaces.find(({ name }) => name === inner.interface) : undefined;
  return end?.kind === 'veth' && end.peer?.netns === outer.netns && end.peer.interface === outer.interface;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  const left = names.length - shown.length;
  const parts = left > 0 ? [...shown, `${left} more`] : shown;
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
