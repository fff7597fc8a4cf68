// The rows of a thread on the screen. Rows keep their nodes while they exist, so nothing flickers, loses focus or
// loses a selection when another row changes.

import { AnswerView } from './answer-view.js';
import { el } from './dom.js';
import { UserMessageView } from './user-message-view.js';

export class ThreadView {
  element = el('ol', { class: 'thread', role: 'list', 'aria-label': 'Messages' });
  #thread;
  #actions;
  #views = new Map();

  constructor(thread, actions) {
    this.#thread = thread;
    this.#actions = actions;
    thread.addEventListener('structure', () => this.#arrange());
    thread.addEventListener('answer', () => this.#update(thread.rows()));
    this.#arrange();
  }

  // The words of an answer, for the announcer.
  spokenTextOf(answerKey) {
    const row = this.#thread.rows().find(({ variants }) => variants?.some(({ key }) => key === answerKey));
    return this.#views.get(row?.key)?.spokenText() ?? '';
  }

  close() {
    this.#views.forEach((view) => view.close());
  }

  #arrange() {
    const rows = this.#thread.rows();
    const present = new Set(rows.map((row) => row.key));
    for (const [key, view] of this.#views) {
      if (!present.has(key)) {
        view.close();
        view.element.remove();
        this.#views.delete(key);
      }
    }

    rows.forEach((row, at) => this.#place(row, at));
    this.#update(rows);
  }

  #place(row, at) {
    let view = this.#views.get(row.key);
    if (!view) {
      view = row.kind === 'user' ? new UserMessageView(this.#actions) : new AnswerView(this.#actions);
      this.#views.set(row.key, view);
    }

    if (this.element.children[at] !== view.element) {
      this.element.insertBefore(view.element, this.element.children[at] ?? null);
    }
  }

  #update(rows) {
    const last = rows.at(-1);
    for (const row of rows) {
      const view = this.#views.get(row.key);
      if (row.kind === 'user') {
        view.update(row, { unanswered: row === last && row.message.status === 'sent' });
      } else {
        view.update(row, { shown: this.#thread.shownVariant(row) });
      }
    }
  }
}
