/** The only way in which anything gets into the page: text stays text, whatever it contains. */

import { visible } from '../model/visible.ts';

type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** @param attributes `true` is an attribute without value; `false` and `null` are none. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  const shown = children.filter((child) => child !== null);
  made.append(...shown.map((child) => (typeof child === 'string' ? visible(child) : child)));
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svgElement(name: string, attributes: Attributes, ...children: readonly Node[]): SVGElement {
  const made = document.createElementNS(SVG, name);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/** @throws when the page has no such element, which is a mistake of ours. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

function setAttributes(target: Element, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    target.setAttribute(key, value === true ? '' : visible(String(value)));
  }
}
