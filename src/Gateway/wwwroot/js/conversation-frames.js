// What the frames of an open conversation's channel mean to its thread.
//
// A page hears of its own posts like everybody else, and often before the post is answered. What it does not know yet
// may be just that, so it waits while a request of its own is under way: then message and answer are known by their ids,
// and nothing is on the screen twice.

export class ConversationFrames {
  #thread;
  #handlers;
  #requests = 0;
  #held = [];

  // handlers:
  //   advance(replyId, type, frame)  the frame of an answer that the thread has
  //   learn()                        an answer came that nobody asked for here; who it answers has to be read
  //   arrived()                      something was said elsewhere
  //   changed(conversation)  gone()
  constructor(thread, handlers) {
    this.#thread = thread;
    this.#handlers = handlers;
  }

  async whileAsking(request) {
    this.#requests += 1;
    try {
      return await request();
    } finally {
      this.#requests -= 1;
      const held = this.#held;
      this.#held = [];
      held.forEach((frame) => this.read(frame));
    }
  }

  read(frame) {
    if (this.#requests > 0 && !this.#isKnown(frame)) {
      this.#held.push(frame);
    } else if (frame.type === 'new-message') {
      this.#readMessage(frame.message);
    } else if (frame.type === 'conversation-updated') {
      this.#readConversation(frame);
    } else if (frame.replyId !== undefined) {
      this.#readReply(frame);
    }
  }

  #isKnown({ type, message, replyId }) {
    if (replyId !== undefined) {
      return this.#thread.answer(replyId) !== null;
    }

    return type !== 'new-message' || this.#thread.hasMessage(message.id);
  }

  #readMessage(message) {
    const isNew = !this.#thread.hasMessage(message.id);
    this.#thread.merge([message]);
    if (isNew) {
      this.#handlers.arrived();
    }
  }

  #readConversation({ conversation, deleted }) {
    if (deleted) {
      this.#handlers.gone();
    } else {
      this.#handlers.changed(conversation);
    }
  }

  #readReply(frame) {
    if (this.#thread.answer(frame.replyId)) {
      this.#handlers.advance(frame.replyId, frame.type, frame);
    } else if (frame.message) {
      this.#readMessage(frame.message);
    } else if (frame.type === 'ai-response-error' || frame.type === 'ai-response-cancelled') {
      this.#handlers.learn();
    } else {
      this.#thread.merge([], [{ id: frame.replyId, personaId: frame.personaId, status: 'queued' }]);
      this.#handlers.advance(frame.replyId, frame.type, frame);
      this.#handlers.learn();
    }
  }
}
