// Short notices above the composer that disappear after a few seconds.

import { announce } from './announcer.js';
import { el, elementById } from './dom.js';

const shownMs = 7_000;
const tray = elementById('notices');

/** @param {string} text */
export function notify(text) {
  const notice = el('p', { class: 'notice' }, text);
  tray.replaceChildren(notice);
  announce(text);
  setTimeout(() => notice.remove(), shownMs);
}
