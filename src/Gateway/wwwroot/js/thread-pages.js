// Reads stored messages into a thread, a page at a time: the newest, and older ones on demand.

import { api } from './api.js';
import { retryTransient } from './retry.js';

const pageSize = 50;
// Pages that are read to join what is new to what is known. Who was away for longer than that reloads.
const joinLimit = 10;

export class ThreadPages {
  olderCursor = null;
  #thread;

  constructor(thread) {
    this.#thread = thread;
  }

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

  async readOlder(conversationId, around) {
    const before = this.olderCursor;
    this.olderCursor = null;
    try {
      const page = await api.messages(conversationId, { limit: pageSize, before });
      this.olderCursor = page.next ?? null;
      around(() => this.#thread.merge(page.messages));
    } catch (problem) {
      this.olderCursor = before;
      throw problem;
    }
  }

  // What lies between what is known and a page that begins later.
  async #join(conversationId, { next, messages }, lastSeq) {
    let page = { next, messages };
    for (let pages = 0; page.next && page.messages[0]?.seq > lastSeq + 1 && pages < joinLimit; pages += 1) {
      page = await read(conversationId, { before: page.next });
      this.#thread.merge(page.messages);
    }
  }
}

const read = (conversationId, place) =>
  retryTransient(() => api.messages(conversationId, { limit: pageSize, ...place }));
