// Shows one reply of a persona: queued, generating, completed, cancelled or failed; of several variants one at a time.

import { avatar } from '../shared/avatar.js';
import { el, testId } from '../shared/dom.js';
import { icon } from '../shared/icons.js';
import { notify } from '../shared/notices.js';
import { closeOpenSpans } from './markdown-tail.js';
import { MarkdownView } from './markdown-view.js';
import { queueStatusText } from './queue-status-text.js';
import { isTerminal } from './reply-state.js';

/** @import { ReplyRow } from '../chat/thread-order.js' */
/** @import { ReplyState } from './reply-state.js' */

/**
 * @typedef {object} ReplyActions
 * @property {(personaId: string | null) => Api.Persona} personaOf
 * @property {(reply: ReplyState) => void} regenerate
 * @property {(rowKey: string, index: number) => void} showVariant
 */

export class ReplyView {
  element;
  /** @type {ReplyState | null} */ #reply = null;
  #shape = '';
  #frame = 0;
  #markdown = new MarkdownView();
  #avatarSlot = el('div', { class: 'reply__face' });
  #name = el('span', { class: 'reply__name' });
  #status = el('p', { class: 'reply__status' });
  #foot = el('div', { class: 'reply__foot' });
  #actions;

  /** @param {ReplyActions} actions */
  constructor(actions) {
    this.#actions = actions;
    this.element = el('li', { class: 'reply', data: testId('message', { role: 'assistant' }) },
      this.#avatarSlot,
      el('div', { class: 'reply__body' }, this.#name, this.#markdown.element, this.#status, this.#foot));
  }

  /** @param {ReplyRow} row @param {{ shown: number }} options */
  update(row, { shown }) {
    const reply = row.variants[shown];
    const shape = `${reply.key} ${reply.phase} ${shown + 1}/${row.variants.length}`;
    if (reply === this.#reply && shape === this.#shape) {
      return;
    }

    if (reply.personaId !== this.#reply?.personaId) {
      const persona = this.#actions.personaOf(reply.personaId);
      this.#avatarSlot.replaceChildren(avatar(persona, 'small'));
      this.#name.textContent = persona?.name ?? 'Answer';
    }

    this.#reply = reply;
    this.element.dataset.status = reply.phase;
    this.element.setAttribute('aria-busy', String(!isTerminal(reply)));
    this.#scheduleDraw(reply);
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#foot.replaceChildren(...this.#footOf(row, shown));
    }
  }

  spokenText() {
    return `${this.#name.textContent} says: ${this.#markdown.element.innerText}`;
  }

  close() {
    cancelAnimationFrame(this.#frame);
  }

  // Frames arrive faster than the screen is drawn. A background page gets no animation frames, so an ended reply is
  // drawn at once, for screen readers and other tools.
  #scheduleDraw(/** @type {ReplyState} */ reply) {
    cancelAnimationFrame(this.#frame);
    if (isTerminal(reply)) {
      this.#draw(reply);
    } else {
      this.#frame = requestAnimationFrame(() => this.#draw(reply));
    }
  }

  #draw(/** @type {ReplyState} */ reply) {
    const { phase, content } = reply;
    const growing = phase === 'generating';
    this.#markdown.update(growing ? closeOpenSpans(content.text) : content.text);
    this.#markdown.element.hidden = content.text === '';
    this.#markdown.element.classList.toggle('prose--growing', growing);
    const text = statusText(reply, this.#name.textContent);
    this.#status.hidden = text === '';
    if (this.#status.textContent !== text) {
      this.#status.textContent = text;
    }
  }

  /** @param {ReplyRow} row @param {number} shown @returns {HTMLElement[]} */
  #footOf(row, shown) {
    const reply = row.variants[shown];
    /** @type {HTMLElement[]} */
    const foot = row.variants.length > 1 ? [this.#variantSwitch(row, shown)] : [];
    if (reply.phase === 'failed') {
      foot.push(el('button', {
        type: 'button', class: 'button button--small', data: testId('try-again'),
        on: { click: () => this.#actions.regenerate(reply) },
      }, 'Try again'));
    } else if (isTerminal(reply)) {
      foot.push(...this.#finishedTools(reply));
    }

    if (reply.model === 'builtin' && isTerminal(reply)) {
      foot.push(el('span', { class: 'reply__model', data: testId('builtin-note') }, 'built-in voice · not a language model'));
    }

    return foot;
  }

  #finishedTools(/** @type {ReplyState} */ reply) {
    const tools = [];
    if (reply.content.text !== '' && navigator.clipboard) {
      tools.push(el('button', {
        type: 'button', class: 'icon-button icon-button--small', 'aria-label': 'Copy answer', title: 'Copy',
        data: testId('copy'), on: { click: (event) => copy(reply.content.text, event.currentTarget) },
      }, icon('copy')));
    }

    tools.push(el('button', {
      type: 'button', class: 'icon-button icon-button--small', 'aria-label': 'Answer again', title: 'Answer again',
      data: testId('regenerate'), on: { click: () => this.#actions.regenerate(reply) },
    }, icon('again')));
    return tools;
  }

  /** @param {ReplyRow} row @param {number} shown */
  #variantSwitch(row, shown) {
    const count = row.variants.length;
    /** @param {string} label @param {'variant-previous' | 'variant-next'} name @param {number} to */
    const step = (label, name, to) =>
      el('button', {
        type: 'button', class: 'icon-button icon-button--small', 'aria-label': label, disabled: to < 0 || to >= count,
        data: testId(name), on: { click: () => this.#showVariant(row, to, name) },
      }, icon(name === 'variant-previous' ? 'previous' : 'next'));
    return el('div', { class: 'variants', role: 'group', 'aria-label': 'Variants of this answer' },
      step('Previous variant', 'variant-previous', shown - 1),
      el('span', { data: testId('variant-count') }, `${shown + 1}/${count}`),
      step('Next variant', 'variant-next', shown + 1));
  }

  // The pressed button is replaced; the focus moves to its successor, or to the other button at the last variant.
  /** @param {ReplyRow} row @param {number} index @param {string} name */
  #showVariant(row, index, name) {
    this.#actions.showVariant(row.key, index);
    const sameButton = this.#foot.querySelector(`[data-testid="${name}"]:enabled`);
    const button = sameButton ?? this.#foot.querySelector('.variants button:enabled');
    /** @type {HTMLButtonElement | null} */ (button)?.focus();
  }
}

/** @param {ReplyState} reply @param {string | null} name */
function statusText({ phase, content, retrying, position, etaSeconds, errorText, connection }, name) {
  if (phase === 'failed') {
    return errorText ?? `${name} could not finish this answer.`;
  }

  if (phase === 'cancelled') {
    return 'Stopped';
  }

  if (phase === 'completed') {
    return '';
  }

  if (connection === 'closed' || connection === 'sign-in') {
    return 'The server ended this connection. Reload the page to see the answer.';
  }

  if (connection === 'lost') {
    return 'Connection lost. Reconnecting';
  }

  if (phase === 'queued') {
    return queueStatusText(position, etaSeconds);
  }

  return retrying ? 'An error occurred, starting over' : content.text === '' ? `${name} is thinking` : '';
}

/** @param {string} text @param {HTMLButtonElement} button */
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    notify('The browser did not allow copying.');
    return;
  }

  button.replaceChildren(icon('check'));
  button.setAttribute('aria-label', 'Copied');
  setTimeout(() => {
    button.replaceChildren(icon('copy'));
    button.setAttribute('aria-label', 'Copy answer');
  }, 1_600);
}
