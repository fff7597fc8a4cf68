// Announces finished replies and notices to screen readers, each once and as a whole, never in fragments.

import { elementById } from './dom.js';

const region = elementById('announcer');

/** @param {string} text */
export function announce(text) {
  // The region is emptied first, because an unchanged text would not be announced again.
  region.replaceChildren();
  requestAnimationFrame(() => region.replaceChildren(text));
}
