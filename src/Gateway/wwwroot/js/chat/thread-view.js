// Shows the rows of a thread. A row keeps its nodes while it exists, so that nothing flickers or loses the focus or a
// selection when another row changes.

import { ReplyView } from '../replies/reply-view.js';
import { el } from '../shared/dom.js';
import { UserMessageView } from './user-message-view.js';

/** @import { ReplyActions } from '../replies/reply-view.js' */
/** @import { Row } from './thread-order.js' */
/** @import { Thread } from './thread.js' */
/** @import { UserMessageActions } from './user-message-view.js' */

export class ThreadView {
  element = el('ol', { class: 'thread', role: 'list', 'aria-label': 'Messages' });
  #thread;
  #actions;
  /** @type {Map<string, UserMessageView | ReplyView>} */ #views = new Map();

  /** @param {Thread} thread @param {ReplyActions & UserMessageActions} actions */
  constructor(thread, actions) {
    this.#thread = thread;
    this.#actions = actions;
    thread.addEventListener('structure', () => this.#order());
    thread.addEventListener('reply', () => this.#update(thread.rows()));
    this.#order();
  }

  // The text of a reply for screen readers.
  /** @param {string} replyKey */
  spokenTextOf(replyKey) {
    const row = this.#thread.rows().find(({ variants }) => variants?.some(({ key }) => key === replyKey));
    const view = this.#views.get(row?.key ?? '');
    return view instanceof ReplyView ? view.spokenText() : '';
  }

  close() {
    this.#views.forEach((view) => view.close());
  }

  #order() {
    const rows = this.#thread.rows();
    const present = new Set(rows.map((row) => row.key));
    for (const [key, view] of this.#views) {
      if (!present.has(key)) {
        view.close();
        view.element.remove();
        this.#views.delete(key);
      }
    }

    rows.forEach((row, at) => this.#insertRow(row, at));
    this.#update(rows);
  }

  /** @param {Row} row @param {number} at */
  #insertRow(row, at) {
    let view = this.#views.get(row.key);
    if (!view) {
      view = row.kind === 'user' ? new UserMessageView(this.#actions) : new ReplyView(this.#actions);
      this.#views.set(row.key, view);
    }

    if (this.element.children[at] !== view.element) {
      this.element.insertBefore(view.element, this.element.children[at] ?? null);
    }
  }

  /** @param {Row[]} rows */
  #update(rows) {
    const last = rows.at(-1);
    for (const row of rows) {
      const view = this.#views.get(row.key);
      if (row.kind === 'user' && view instanceof UserMessageView) {
        view.update(row, { hasNoReply: row === last && row.message.status === 'sent' });
      } else if (row.kind === 'reply' && view instanceof ReplyView) {
        view.update(row, { shown: this.#thread.shownVariant(row) });
      }
    }
  }
}
