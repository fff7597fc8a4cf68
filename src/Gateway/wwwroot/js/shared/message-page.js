// A page that only shows a message: loading, not found, or the server is unreachable.

import { el } from './dom.js';
import { menuButton } from './drawer.js';

export class MessagePage {
  title = 'JubileeVerse';
  element;

  /** @param {string} text @param {Node[]} actions */
  constructor(text, ...actions) {
    this.element = el('div', { class: 'message-page' },
      el('div', { class: 'message-page__bar' }, menuButton()),
      el('p', { class: 'message-page__text' }, text),
      el('div', { class: 'message-page__actions' }, actions));
  }

  open() {}

  close() {}
}
