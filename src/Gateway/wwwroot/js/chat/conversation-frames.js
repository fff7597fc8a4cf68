// Applies the frames of an open conversation's channel to its thread.
//
// A page receives the frames of its own posts like every subscriber, often before the response to the post. A frame with an
// unknown message or reply may belong to such a post, so it is held while a request of this page is in flight. After the
// response the message and its replies are known by their ids, and nothing is shown twice.

/** @import { Thread } from './thread.js' */

/**
 * @typedef {object} Handlers
 * @property {(replyId: string, type: Realtime.ReplyFrame['type'], frame: Realtime.ReplyFrame) => void} advance
 *   a frame of a reply that the thread has
 * @property {() => void} learn a reply that this page did not request; its message must be read from the server
 * @property {() => void} arrived a message was added by another page
 * @property {(conversation: Api.Conversation) => void} changed the conversation's title or state changed
 * @property {() => void} deleted the conversation was deleted
 */

export class ConversationFrames {
  #thread;
  #handlers;
  #requestsInFlight = 0;
  /** @type {Realtime.ChannelFrame[]} */ #held = [];

  /** @param {Thread} thread @param {Handlers} handlers */
  constructor(thread, handlers) {
    this.#thread = thread;
    this.#handlers = handlers;
  }

  /** @template T @param {() => Promise<T>} request */
  async holdWhile(request) {
    this.#requestsInFlight += 1;
    try {
      return await request();
    } finally {
      this.#requestsInFlight -= 1;
      const held = this.#held;
      this.#held = [];
      held.forEach((frame) => this.apply(frame));
    }
  }

  /** @param {Realtime.ChannelFrame} frame */
  apply(frame) {
    if (this.#requestsInFlight > 0 && !this.#isKnown(frame)) {
      this.#held.push(frame);
    } else if (frame.type === 'new-message') {
      this.#applyMessage(frame.message);
    } else if (frame.type === 'conversation-updated') {
      this.#applyConversation(frame);
    } else if (frame.replyId !== undefined) {
      this.#applyReply(frame);
    }
  }

  /** @param {Realtime.ChannelFrame} frame */
  #isKnown(frame) {
    if (frame.replyId !== undefined) {
      return this.#thread.reply(frame.replyId) !== null;
    }

    return frame.type !== 'new-message' || this.#thread.hasMessage(frame.message.id);
  }

  /** @param {Api.Message} message */
  #applyMessage(message) {
    const isNew = !this.#thread.hasMessage(message.id);
    this.#thread.merge([message]);
    if (isNew) {
      this.#handlers.arrived();
    }
  }

  /** @param {Realtime.ConversationChanged} frame */
  #applyConversation({ conversation, deleted }) {
    if (deleted) {
      this.#handlers.deleted();
    } else {
      this.#handlers.changed(conversation);
    }
  }

  /** @param {Realtime.ReplyFrame} frame */
  #applyReply(frame) {
    if (this.#thread.reply(frame.replyId)) {
      this.#handlers.advance(frame.replyId, frame.type, frame);
    } else if (frame.type === 'ai-response-complete') {
      this.#applyMessage(frame.message);
    } else if (frame.type === 'ai-response-error' || frame.type === 'ai-response-cancelled') {
      this.#handlers.learn();
    } else {
      const personaId = frame.type === 'ai-response-queued' ? frame.personaId : undefined;
      this.#thread.merge([], [{ id: frame.replyId, personaId, status: 'queued' }]);
      this.#handlers.advance(frame.replyId, frame.type, frame);
      this.#handlers.learn();
    }
  }
}
