/** A button that puts a text into the clipboard, also where the page came over plain HTTP. */

import { announce } from './announcer.ts';
import { element } from './element.ts';

/** Long enough to be read. */
const DONE_MS = 2500;

export function copyButton(text: string, what: string, focusKey: string): HTMLButtonElement {
  const label = `Copy ${what}`;
  const button = element(
    'button',
    { type: 'button', class: 'copy', 'aria-label': label, 'data-focus': focusKey },
    'Copy',
  );
  button.addEventListener('click', () => {
    void copy(text).then((copied) => {
      const said = copied ? 'Copied' : 'Not copied: select it by hand';
      button.textContent = said;
      button.setAttribute('aria-label', `${said}: ${what}`);
      announce(copied ? `Copied ${what}.` : 'The browser does not allow copying. Select the text by hand.');
      setTimeout(() => {
        button.textContent = 'Copy';
        button.setAttribute('aria-label', label);
      }, DONE_MS);
    });
  });
  return button;
}

async function copy(text: string): Promise<boolean> {
  // Only pages over HTTPS or from this machine have it.
  if (window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text);
    }
  }
  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const area = element('textarea', { class: 'clip', 'aria-hidden': 'true', readonly: true });
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
