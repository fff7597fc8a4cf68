// Applies the frames of an open conversation's channel to its thread.
//
// A page receives the frames of its own posts like every subscriber, often before the response to the post. A frame with an
// unknown message or reply may belong to such a post, so it is held while a request of this page is in flight. After the
// response the message and its replies are known by their ids, and nothing is shown twice.

export class ConversationFrames {
  #thread;
  #handlers;
  #requestsInFlight = 0;
  #held = [];

  // handlers:
  //   advance(replyId, type, frame)  a frame of a reply that the thread has
  //   learn()                        a reply that this page did not request; its message must be read from the server
  //   arrived()                      a message was added by another page
  //   changed(conversation)          the conversation's title or state changed
  //   deleted()                      the conversation was deleted
  constructor(thread, handlers) {
    this.#thread = thread;
    this.#handlers = handlers;
  }

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

  #isKnown({ type, message, replyId }) {
    if (replyId !== undefined) {
      return this.#thread.reply(replyId) !== null;
    }

    return type !== 'new-message' || this.#thread.hasMessage(message.id);
  }

  #applyMessage(message) {
    const isNew = !this.#thread.hasMessage(message.id);
    this.#thread.merge([message]);
    if (isNew) {
      this.#handlers.arrived();
    }
  }

  #applyConversation({ conversation, deleted }) {
    if (deleted) {
      this.#handlers.deleted();
    } else {
      this.#handlers.changed(conversation);
    }
  }

  #applyReply(frame) {
    if (this.#thread.reply(frame.replyId)) {
      this.#handlers.advance(frame.replyId, frame.type, frame);
    } else if (frame.message) {
      this.#applyMessage(frame.message);
    } else if (frame.type === 'ai-response-error' || frame.type === 'ai-response-cancelled') {
      this.#handlers.learn();
    } else {
      this.#thread.merge([], [{ id: frame.replyId, personaId: frame.personaId, status: 'queued' }]);
      this.#handlers.advance(frame.replyId, frame.type, frame);
      this.#handlers.learn();
    }
  }
}
