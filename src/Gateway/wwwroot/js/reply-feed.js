// The streams of a conversation's open replies. A conversation answers in order, and a browser allows only six
// HTTP/1.1 links to a host, so no more than three streams are held; the others wait until one has ended.

import { api } from './api.js';
import { ReplyEventStream } from './event-stream.js';

const streamLimit = 3;

export class ReplyFeed {
  #streams = new Map();
  #waiting = [];
  #handlers;

  // handlers: onFrame(replyId, type, frame), onLink(replyId, state), onStoredReply(replyId, reply) → ended
  constructor(handlers) {
    this.#handlers = handlers;
  }

  watch(replyId) {
    if (this.#streams.has(replyId) || this.#waiting.includes(replyId)) {
      return;
    }

    if (this.#streams.size >= streamLimit) {
      this.#waiting.push(replyId);
      return;
    }

    const stream = new ReplyEventStream(api.replyEventsUrl(replyId), {
      onFrame: (type, frame) => this.#handlers.onFrame(replyId, type, frame),
      onLink: (state) => this.#handlers.onLink(replyId, state),
      readReply: () => api.reply(replyId),
      onStoredReply: (reply) => this.#handlers.onStoredReply(replyId, reply),
    });
    this.#streams.set(replyId, stream);
    stream.open();
  }

  reopen(replyId) {
    this.#streams.get(replyId)?.reopen();
  }

  forget(replyId) {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== replyId);
    this.#streams.get(replyId)?.close();
    if (this.#streams.delete(replyId) && this.#waiting.length > 0) {
      this.watch(this.#waiting.shift());
    }
  }

  // Ends the streams of replies that ended some other way.
  retain(replyIds) {
    [...this.#streams.keys()].filter((replyId) => !replyIds.includes(replyId)).forEach((replyId) => this.forget(replyId));
  }

  close() {
    this.#waiting = [];
    this.#streams.forEach((stream) => stream.close());
    this.#streams.clear();
  }
}
