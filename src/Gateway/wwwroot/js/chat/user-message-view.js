// Shows one message of the user and, when it could not be sent, the reason and the possible actions.

import { el, testId } from '../shared/dom.js';
import { ApiProblem, describeProblem, hasStatus } from '../shared/problem.js';

/** @import { UserMessage, UserRow } from './thread-order.js' */

/**
 * @typedef {object} UserMessageActions
 * @property {(key: string) => void} resend
 * @property {(key: string) => void} withdraw
 * @property {(messageId: string) => void} requestReply
 */

export class UserMessageView {
  element;
  /** @type {UserMessage | null} */ #message = null;
  #text = el('p', { class: 'user-message__text', dir: 'auto' });
  #foot = el('div', { class: 'user-message__foot' });
  #actions;
  /** @type {number | undefined} */ #countdown;

  /** @param {UserMessageActions} actions */
  constructor(actions) {
    this.#actions = actions;
    this.element = el('li', { class: 'user-message', data: testId('message', { role: 'user' }) },
      el('span', { class: 'visually-hidden' }, 'You said:'), this.#text, this.#foot);
  }

  /** @param {UserRow} row @param {{ hasNoReply: boolean }} options */
  update({ message }, { hasNoReply }) {
    if (message === this.#message && this.element.dataset.hasNoReply === String(hasNoReply)) {
      return;
    }

    this.#message = message;
    this.element.dataset.status = message.status;
    this.element.dataset.hasNoReply = String(hasNoReply);
    this.#text.textContent = message.content;
    clearInterval(this.#countdown);
    this.#foot.replaceChildren(...this.#footOf(message, hasNoReply));
  }

  close() {
    clearInterval(this.#countdown);
  }

  /** @param {UserMessage} message @param {boolean} hasNoReply */
  #footOf(message, hasNoReply) {
    if (message.status === 'sending') {
      return [el('span', { class: 'user-message__note' }, 'Sending')];
    }

    if (message.status === 'failed') {
      return this.#failedFoot(message);
    }

    const { id } = message;
    return hasNoReply && id !== null
      ? [el('span', { class: 'user-message__note' }, 'This has no answer.'),
        action('Ask again', 'ask-again', () => this.#actions.requestReply(id))]
      : [];
  }

  /** @param {UserMessage} message */
  #failedFoot(message) {
    const note = el('span', { class: 'user-message__note user-message__note--fault' }, errorText(message.problem));
    const retry = action('Retry', 'retry', () => this.#actions.resend(message.key));
    const edit = action('Edit', 'edit', () => this.#actions.withdraw(message.key));
    if (message.problem instanceof ApiProblem && message.problem.retryAfterSeconds) {
      this.#countDown(retry, (message.failedAt ?? 0) + message.problem.retryAfterSeconds * 1000);
    }

    return [note, retry, edit];
  }

  // The server refuses an attempt before the delay that it sent has passed, so the button is disabled until then.
  /** @param {HTMLButtonElement} retry @param {number} readyAt */
  #countDown(retry, readyAt) {
    const show = () => {
      const seconds = Math.ceil((readyAt - Date.now()) / 1000);
      retry.disabled = seconds > 0;
      retry.textContent = seconds > 0 ? `Retry in ${seconds} s` : 'Retry';
      if (seconds <= 0) {
        clearInterval(this.#countdown);
      }
    };

    this.#countdown = setInterval(show, 500);
    show();
  }
}

/** @param {string} label @param {string} name @param {() => void} act */
const action = (label, name, act) =>
  el('button', { type: 'button', class: 'link', data: testId(name), on: { click: act } }, label);

/** @param {unknown} problem */
function errorText(problem) {
  if (!problem) {
    return 'Not sent yet.';
  }

  if (hasStatus(problem, 401)) {
    return 'Not sent: your session has ended. Sign in and try again.';
  }

  const fault = problem instanceof ApiProblem ? problem.fields.content : undefined;
  return `Not sent. ${fault ?? describeProblem(problem)}`;
}
