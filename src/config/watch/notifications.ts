/** What was written of notifications → where events are posted. */

import type { WebhookOptions } from './options.ts';
import { refuse, refuseTwice } from './place.ts';
import { itemsOf, requireText, type Tree } from './tree.ts';
import { unknownKey } from './unknown-key.ts';

/** Each is a queue of its own. */
const MOST = 16;
const KEYS = ['url', 'secretFile'] as const;

/** @throws UsageError. */
export function webhooksOf(tree: Tree | undefined): readonly WebhookOptions[] {
  if (tree === undefined) return [];
  const items = itemsOf(tree);
  if (items.length > MOST) refuse(tree.place, `has ${items.length} receivers: ${MOST} are taken at most`);
  const seen = new Map<string, Tree>();
  return items.map((item) => {
    const webhook = oneWebhook(item);
    const earlier = seen.get(webhook.url);
    if (earlier !== undefined) refuseTwice(item.place, '', earlier.place);
    seen.set(webhook.url, item);
    return webhook;
  });
}

function oneWebhook(item: Tree): WebhookOptions {
  if (item.kind !== 'mapping') return { url: urlOf(item), secretFile: null };
  const [url, secretFile] = KEYS.map((key) => item.entries.get(key));
  for (const [key, tree] of item.entries) if (!KEYS.some((each) => each === key)) unknownKey(key, tree, KEYS);
  if (url === undefined) refuse(item.place, 'names no receiver: give it a url');
  return { url: urlOf(url), secretFile: secretFile === undefined ? null : requireText(secretFile).text };
}

/** Messages do not show it: often it is a secret as a whole. */
function urlOf(tree: Tree): string {
  const { text, place } = requireText(tree);
  const url = URL.canParse(text) ? new URL(text) : refuse(place, 'is no URL: write https://host/path');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    refuse(place, `has the scheme ${url.protocol.slice(0, -1)}: only https and http can be posted to`);
  }
  if (url.username !== '' || url.password !== '') {
    refuse(place, 'carries a password: leave it out, and sign by secretFile instead');
  }
  if (url.hash !== '') refuse(place, 'has a fragment (#…), which is never sent: leave it out');
  return text;
}
