// One conversation while it is open: loads it, sends, hears its answers, stops and repeats them.
// It knows the server and the thread, not the screen. Events:
//   created ({ detail: conversationId })  accepted  finished ({ detail: answer })  arrived, something said elsewhere
//   notice ({ detail: text })  unsent ({ detail: text }), a message taken back to be changed  gone

import { accountSession } from './account-session.js';
import { advanceAnswer, isTerminal, settleWithReply } from './answer-state.js';
import { api } from './api.js';
import { ConversationFeed } from './conversation-feed.js';
import { ConversationFrames } from './conversation-frames.js';
import { outbox } from './outbox.js';
import { describeWithWait } from './problem.js';
import { retryTransient } from './retry.js';
import { Thread } from './thread.js';
import { ThreadPages } from './thread-pages.js';

export class Chat extends EventTarget {
  thread = new Thread();
  conversation = null;
  conversationId;
  persona;
  #pages = new ThreadPages(this.thread);
  #feed;
  #frames;
  #sending = Promise.resolve();
  #asking = false;
  #closed = false;

  // Either an existing conversation or a persona to start one with.
  constructor({ conversationId = null, persona = null }) {
    super();
    this.conversationId = conversationId;
    this.persona = persona;
    this.#frames = new ConversationFrames(this.thread, {
      advance: (replyId, type, frame) => this.#advance(replyId, type, frame),
      learn: () => this.#refreshQuietly(),
      arrived: () => this.#tell('arrived'),
      changed: (conversation) => {
        this.conversation = conversation;
      },
      gone: () => this.#tell('gone'),
    });
    this.#feed = new ConversationFeed({
      onFrame: (frame) => this.#frames.read(frame),
      onGap: () => this.refresh(),
      onReplyFrame: (replyId, type, frame) => this.#advance(replyId, type, frame),
      onLink: (replyId, state) => this.#linkChanged(replyId, state),
      onStoredReply: (replyId, reply) => this.#settle(replyId, reply),
      onGone: () => this.#tell('gone'),
      openReplies: () => this.thread.openAnswers().map(({ replyId }) => replyId),
      texts: () => this.#texts(),
    });
  }

  get place() {
    return this.conversationId ? `c/${this.conversationId}` : `p/${this.persona.slug}`;
  }

  async load() {
    if (this.conversationId) {
      const [{ conversation }, position] = await Promise.all([api.conversation(this.conversationId), this.refresh()]);
      this.conversation = conversation;
      this.#follow(position);
    }

    for (const entry of outbox.at(this.place)) {
      this.thread.addPending({ ...entry, status: 'failed' });
    }
  }

  // Answers the position in the channel for which what was read is true.
  async refresh() {
    if (!this.conversationId) {
      return null;
    }

    const page = await this.#pages.readNewest(this.conversationId);
    this.#feed.watch();
    this.#settleUnlisted(page);
    return { epoch: page.epoch, offset: page.offset };
  }

  get olderCursor() {
    return this.#pages.olderCursor;
  }

  // `around` wraps the moment in which the rows come in, so that the screen can hold its place.
  async loadOlder(around) {
    try {
      await this.#pages.readOlder(this.conversationId, around);
    } catch (problem) {
      this.#tell('notice', describeWithWait(problem));
    }
  }

  send(content) {
    const entry = { clientMessageId: crypto.randomUUID(), place: this.place, content };
    outbox.put(entry);
    this.thread.addPending({ ...entry, status: 'sending' });
    this.#enqueue(entry);
  }

  resend(clientMessageId) {
    const message = this.thread.userMessage(clientMessageId);
    if (message?.status === 'failed') {
      this.thread.updatePending(clientMessageId, { status: 'sending', problem: null });
      this.#enqueue({ clientMessageId, content: message.content });
    }
  }

  // Back into the composer, to be changed.
  withdraw(clientMessageId) {
    const message = this.thread.userMessage(clientMessageId);
    outbox.remove(clientMessageId);
    this.thread.removePending(clientMessageId);
    this.#tell('unsent', message.content);
  }

  // The answer being given, or else the one whose turn is next.
  currentAnswer() {
    const open = this.thread.openAnswers();
    return open.find((answer) => answer.phase === 'generating') ?? open[0] ?? null;
  }

  async stop(answer = this.currentAnswer()) {
    if (!answer) {
      return;
    }

    try {
      const { reply } = await retryTransient(() => api.cancelReply(answer.replyId));
      this.#settle(answer.replyId, reply);
    } catch (problem) {
      this.#tell('notice', describeWithWait(problem));
    }
  }

  // Another answer to the message this one answered.
  regenerate(answer) {
    return this.#askAgain(answer, async () => {
      // Only the reply knows for certain which message it answered.
      return answer.userMessageId ?? (await api.reply(answer.replyId)).reply.messageId;
    });
  }

  answerAgain(userMessageId) {
    return this.#askAgain(null, () => userMessageId);
  }

  async markRead() {
    const seq = this.thread.lastSeq();
    if (this.conversationId && seq > 0) {
      await api.markRead(this.conversationId, seq).catch(() => {
        // Told again with the next answer; a failure here is nothing a reader could act on.
      });
    }
  }

  close() {
    this.#closed = true;
    this.#feed.close();
  }

  // One at a time, so that messages arrive in the order they were written.
  #enqueue(entry) {
    this.#sending = this.#sending.then(() => this.#deliver(entry));
  }

  async #deliver({ clientMessageId, content }) {
    try {
      await this.#ensureConversation();
      const post = { content, clientMessageId };
      const replies = await this.#frames.whileAsking(async () => {
        const accepted = await retryTransient(() => api.postMessage(this.conversationId, post));
        outbox.remove(clientMessageId);
        this.thread.confirm(clientMessageId, accepted.message, accepted.replies);
        return accepted.replies;
      });
      this.#follow(null);
      this.#feed.watch();
      this.#tell('accepted');
      if (replies.some((reply) => reply.status !== 'queued' && reply.status !== 'generating')) {
        // A repeated post may be answered already; its answer is a stored message by now.
        this.#refreshQuietly();
      }
    } catch (problem) {
      if (problem.status === 401) {
        accountSession.expire();
      }

      this.thread.updatePending(clientMessageId, { status: 'failed', problem, failedAt: Date.now() });
    }
  }

  async #askAgain(replaced, questionOf) {
    if (this.#asking) {
      // A second press while the first is on its way would make a second answer.
      return;
    }

    this.#asking = true;
    try {
      const questionId = await questionOf();
      await this.#frames.whileAsking(async () => {
        const { replies } = await api.regenerate(questionId);
        this.thread.addVariant(replaced, replies, questionId);
      });
      this.#feed.watch();
    } catch (problem) {
      this.#tell('notice', describeWithWait(problem));
    }

    this.#asking = false;
  }

  async #ensureConversation() {
    if (this.conversationId) {
      return;
    }

    await retryTransient(() => accountSession.ensure());
    const { conversation } = await retryTransient(() => api.createConversation([this.persona.slug]));
    const from = this.place;
    this.conversation = conversation;
    this.conversationId = conversation.id;
    outbox.move(from, this.place);
    this.#tell('created', conversation.id);
  }

  #follow(position) {
    if (!this.#closed && !this.#feed.isFollowing) {
      this.#feed.follow(this.conversationId, position);
    }
  }

  // Open here, and neither open nor said there: it ended without a message, or began since.
  #settleUnlisted(page) {
    const listed = new Set(page.openReplies.map(({ id }) => id));
    for (const { replyId } of this.thread.openAnswers().filter((answer) => !listed.has(answer.replyId))) {
      api.reply(replyId).then(({ reply }) => this.#settle(replyId, reply), () => {
        // Asked again with the next reading.
      });
    }
  }

  // How much of each open answer is here. Only a text whose run is known can be gone on with.
  #texts() {
    return this.thread.openAnswers()
      .filter(({ reply }) => reply.run > 0)
      .map(({ replyId, reply }) => ({ replyId, run: reply.run, textOffset: reply.text.length }));
  }

  #advance(replyId, type, frame) {
    const before = this.thread.answer(replyId);
    if (!before) {
      return;
    }

    const { answer, gap } = advanceAnswer(before, type, frame);
    if (gap) {
      this.#feed.resync(replyId);
    } else if (answer !== before) {
      this.#store(answer);
    }
  }

  // Answers whether the reply has ended, so that its stream is not opened again.
  #settle(replyId, reply) {
    const before = this.thread.answer(replyId);
    if (!before || isTerminal(before)) {
      return true;
    }

    if (this.#feed.isLive && !isTerminal({ phase: reply.status })) {
      // The channel tells it better, and in order.
      return false;
    }

    const answer = settleWithReply(before, reply);
    this.#store(answer);
    return isTerminal(answer);
  }

  #linkChanged(replyId, state) {
    const answer = this.thread.answer(replyId);
    if (answer && answer.link !== state) {
      this.thread.setAnswer({ ...answer, link: state });
    }

    if (state === 'never' || state === 'sign-in') {
      // Forgotten, so that the next refresh may try again.
      this.#feed.forget(replyId);
    }
  }

  #store(answer) {
    this.thread.setAnswer(answer);
    if (isTerminal(answer)) {
      this.#feed.forget(answer.replyId);
      this.#tell('finished', answer);
      this.#completeFromStore(answer);
    }
  }

  // An answer that ended without its message is shown already; its id and number, which a sibling refers to,
  // only the stored message tells.
  #completeFromStore(answer) {
    if (!answer.messageId && answer.phase !== 'failed') {
      this.#refreshQuietly();
    }
  }

  #refreshQuietly() {
    this.refresh().catch(() => {
      // What it would have brought, the next one brings.
    });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
