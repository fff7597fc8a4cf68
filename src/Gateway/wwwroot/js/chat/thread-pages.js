// Reads stored messages into a thread, page by page: the newest page first, older pages on demand.

import { api } from '../shared/api.js';
import { retryTransient } from '../shared/retry.js';

const pageSize = 50;
// The most pages that are read to close the distance between the newest page and the messages already in the thread.
const joinLimit = 10;

/** @import { Thread } from './thread.js' */

export class ThreadPages {
  /** @type {string | null} */ olderCursor = null;
  #thread;

  /** @param {Thread} thread */
  constructor(thread) {
    this.#thread = thread;
  }

  /** @param {string} conversationId */
  async readNewest(conversationId) {
    const page = await read(conversationId, {});
    const lastSeq = this.#thread.lastSeq();
    if (lastSeq === 0) {
      this.olderCursor = page.next ?? null;
    } else {
      await this.#join(conversationId, page, lastSeq);
    }

    this.#thread.merge(page.messages, page.openReplies);
    return page;
  }

  /** @param {string} conversationId @param {(change: () => void) => void} insertRows */
  async readOlder(conversationId, insertRows) {
    const before = this.olderCursor;
    this.olderCursor = null;
    try {
      const page = await api.messages(conversationId, { limit: pageSize, before });
      this.olderCursor = page.next ?? null;
      insertRows(() => this.#thread.merge(page.messages));
    } catch (problem) {
      this.olderCursor = before;
      throw problem;
    }
  }

  // Reads the messages between the last known one and a page that begins later.
  /** @param {string} conversationId @param {Api.MessagesResponse} newest @param {number} lastSeq */
  async #join(conversationId, newest, lastSeq) {
    let page = newest;
    for (let pages = 0; page.next && page.messages[0]?.seq > lastSeq + 1 && pages < joinLimit; pages += 1) {
      page = await read(conversationId, { before: page.next });
      this.#thread.merge(page.messages);
    }
  }
}

/** @param {string} conversationId @param {Api.Page} cursor */
const read = (conversationId, cursor) =>
  retryTransient(() => api.messages(conversationId, { limit: pageSize, ...cursor }));
