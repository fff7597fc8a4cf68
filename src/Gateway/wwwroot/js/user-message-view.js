// What the person said, and, if it could not be sent, why and what can be done.

import { el, testId } from './dom.js';
import { describeProblem } from './problem.js';

export class UserMessageView {
  element;
  #message = null;
  #text = el('p', { class: 'said__text', dir: 'auto' });
  #foot = el('div', { class: 'said__foot' });
  #actions;
  #countdown = null;

  // actions: resend(key), withdraw(key), answerAgain(id)
  constructor(actions) {
    this.#actions = actions;
    this.element = el('li', { class: 'said', data: testId('message', { role: 'user' }) },
      el('span', { class: 'visually-hidden' }, 'You said:'), this.#text, this.#foot);
  }

  update({ message }, { unanswered }) {
    if (message === this.#message && this.element.dataset.unanswered === String(unanswered)) {
      return;
    }

    this.#message = message;
    this.element.dataset.status = message.status;
    this.element.dataset.unanswered = String(unanswered);
    this.#text.textContent = message.content;
    clearInterval(this.#countdown);
    this.#foot.replaceChildren(...this.#footOf(message, unanswered));
  }

  close() {
    clearInterval(this.#countdown);
  }

  #footOf(message, unanswered) {
    if (message.status === 'sending') {
      return [el('span', { class: 'said__note' }, 'Sending')];
    }

    if (message.status === 'failed') {
      return this.#failedFoot(message);
    }

    return unanswered
      ? [el('span', { class: 'said__note' }, 'This has no answer.'),
        action('Ask again', 'ask-again', () => this.#actions.answerAgain(message.id))]
      : [];
  }

  #failedFoot(message) {
    const note = el('span', { class: 'said__note said__note--fault' }, faultWords(message.problem));
    const retry = action('Retry', 'retry', () => this.#actions.resend(message.key));
    const edit = action('Edit', 'edit', () => this.#actions.withdraw(message.key));
    if (message.problem?.retryAfterSeconds) {
      this.#countDown(retry, message.failedAt + message.problem.retryAfterSeconds * 1000);
    }

    return [note, retry, edit];
  }

  // The server said when it will listen again; asking earlier would only be refused.
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

function faultWords(problem) {
  if (!problem) {
    return 'Not sent yet.';
  }

  if (problem.status === 401) {
    return 'Not sent: your session has ended. Sign in and try again.';
  }

  return `Not sent. ${problem.fields?.content ?? describeProblem(problem)}`;
}
