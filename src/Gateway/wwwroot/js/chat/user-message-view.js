// Shows one message of the user and, when it could not be sent, the reason and the possible actions.

import { el, testId } from '../shared/dom.js';
import { describeProblem } from '../shared/problem.js';

export class UserMessageView {
  element;
  #message = null;
  #text = el('p', { class: 'user-message__text', dir: 'auto' });
  #foot = el('div', { class: 'user-message__foot' });
  #actions;
  #countdown = null;

  // actions: resend(key), withdraw(key), requestReply(id)
  constructor(actions) {
    this.#actions = actions;
    this.element = el('li', { class: 'user-message', data: testId('message', { role: 'user' }) },
      el('span', { class: 'visually-hidden' }, 'You said:'), this.#text, this.#foot);
  }

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

  #footOf(message, hasNoReply) {
    if (message.status === 'sending') {
      return [el('span', { class: 'user-message__note' }, 'Sending')];
    }

    if (message.status === 'failed') {
      return this.#failedFoot(message);
    }

    return hasNoReply
      ? [el('span', { class: 'user-message__note' }, 'This has no answer.'),
        action('Ask again', 'ask-again', () => this.#actions.requestReply(message.id))]
      : [];
  }

  #failedFoot(message) {
    const note = el('span', { class: 'user-message__note user-message__note--fault' }, errorText(message.problem));
    const retry = action('Retry', 'retry', () => this.#actions.resend(message.key));
    const edit = action('Edit', 'edit', () => this.#actions.withdraw(message.key));
    if (message.problem?.retryAfterSeconds) {
      this.#countDown(retry, message.failedAt + message.problem.retryAfterSeconds * 1000);
    }

    return [note, retry, edit];
  }

  // The server refuses an attempt before the delay that it sent has passed, so the button is disabled until then.
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

const action = (label, name, act) =>
  el('button', { type: 'button', class: 'link', data: testId(name), on: { click: act } }, label);

function errorText(problem) {
  if (!problem) {
    return 'Not sent yet.';
  }

  if (problem.status === 401) {
    return 'Not sent: your session has ended. Sign in and try again.';
  }

  return `Not sent. ${problem.fields?.content ?? describeProblem(problem)}`;
}
