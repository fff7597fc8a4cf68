// The event streams of a conversation's open replies. The replies of a conversation are generated in order, and a browser
// allows only six HTTP/1.1 connections to a host, so at most three streams are open; further replies wait for one to end.

import { api } from '../shared/api.js';
import { ReplyEventStream } from './reply-event-stream.js';

/**
 * @typedef {object} Handlers
 * @property {(replyId: string, type: Realtime.ReplyFrame['type'], frame: Realtime.ReplyFrame) => void} onFrame
 * @property {(replyId: string, state: Realtime.ClientState) => void} onConnection
 * @property {(replyId: string, stored: Api.Reply) => boolean} onStoredReply returns whether the reply has ended
 */

const streamLimit = 3;

export class ReplyStreams {
  /** @type {Map<string, ReplyEventStream>} */ #streams = new Map();
  /** @type {string[]} */ #waiting = [];
  #handlers;

  /** @param {Handlers} handlers */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** @param {string} replyId */
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
      onConnection: (state) => this.#handlers.onConnection(replyId, state),
      readReply: () => api.reply(replyId),
      onStoredReply: (stored) => this.#handlers.onStoredReply(replyId, stored),
    });
    this.#streams.set(replyId, stream);
    stream.open();
  }

  /** @param {string} replyId */
  reopen(replyId) {
    this.#streams.get(replyId)?.reopen();
  }

  /** @param {string} replyId */
  unwatch(replyId) {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== replyId);
    this.#streams.get(replyId)?.close();
    const next = this.#streams.delete(replyId) ? this.#waiting.shift() : undefined;
    if (next !== undefined) {
      this.watch(next);
    }
  }

  // Closes the streams of all replies that are not listed.
  /** @param {string[]} replyIds */
  retain(replyIds) {
    [...this.#streams.keys()].filter((replyId) => !replyIds.includes(replyId)).forEach((replyId) => this.unwatch(replyId));
  }

  close() {
    this.#waiting = [];
    this.#streams.forEach((stream) => stream.close());
    this.#streams.clear();
  }
}
