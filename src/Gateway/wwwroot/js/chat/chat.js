// One open conversation: loads it, sends messages, receives replies, cancels and regenerates them.
// It uses the server and the thread, but not the DOM.

import { accountSession } from '../accounts/account-session.js';
import { advanceReply, isTerminal, settleWithStored } from '../replies/reply-state.js';
import { api } from '../shared/api.js';
import { describeWithWait, hasStatus } from '../shared/problem.js';
import { retryTransient } from '../shared/retry.js';
import { ConversationFeed } from './conversation-feed.js';
import { ConversationFrames } from './conversation-frames.js';
import { outbox } from './outbox.js';
import { ThreadPages } from './thread-pages.js';
import { Thread } from './thread.js';

/** @import { ReplyState } from '../replies/reply-state.js' */

/**
 * @typedef {object} Events each with its detail
 * @property {string} created     the conversation, by its id, now exists on the server
 * @property {null} accepted      the server has stored a message
 * @property {ReplyState} finished  a reply has reached a terminal phase
 * @property {null} arrived       a message was added by another page
 * @property {string} notice      a text to show to the user
 * @property {string} withdrawn   an unsent message, by its text, was taken back to be edited
 * @property {null} removed       the conversation was deleted or is no longer accessible
 */

export class Chat extends /** @type {EventTargetClass<Events>} */ (EventTarget) {
  thread = new Thread();
  /** @type {Api.Conversation | null} */ conversation = null;
  conversationId;
  persona;
  #pages = new ThreadPages(this.thread);
  #feed;
  #frames;
  #sending = Promise.resolve();
  #isRequesting = false;
  #closed = false;

  // Takes either an existing conversation or a persona to start one with.
  /** @param {{ conversationId?: string | null, persona?: Api.Persona | null }} start */
  constructor({ conversationId = null, persona = null }) {
    super();
    this.conversationId = conversationId;
    this.persona = persona;
    this.#frames = new ConversationFrames(this.thread, {
      advance: (replyId, type, frame) => this.#advance(replyId, type, frame),
      learn: () => this.#refreshInBackground(),
      arrived: () => this.#emit('arrived'),
      changed: (conversation) => {
        this.conversation = conversation;
      },
      deleted: () => this.#emit('removed'),
    });
    this.#feed = new ConversationFeed({
      onFrame: (frame) => this.#frames.apply(frame),
      onGap: () => this.refresh(),
      onReplyFrame: (replyId, type, frame) => this.#advance(replyId, type, frame),
      onConnection: (replyId, state) => this.#onConnectionState(replyId, state),
      onStoredReply: (replyId, stored) => this.#settle(replyId, stored),
      onRemoved: () => this.#emit('removed'),
      openReplies: () => this.thread.openReplies().map(({ replyId }) => replyId),
      textOffsets: () => this.#textOffsets(),
    });
  }

  // The key of this chat's draft and unsent messages in the browser's storage.
  get chatKey() {
    return this.conversationId ? `c/${this.conversationId}` : `p/${this.persona?.slug}`;
  }

  async load() {
    if (this.conversationId) {
      const [{ conversation }, position] = await Promise.all([api.conversation(this.conversationId), this.refresh()]);
      this.conversation = conversation;
      this.#follow(this.conversationId, position);
    }

    for (const entry of outbox.entriesOf(this.chatKey)) {
      this.thread.addPending({ ...entry, status: 'failed' });
    }
  }

  // Resolves to the channel position that corresponds to the messages read.
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

  // `insertRows(change)` calls `change`, so that the view can preserve the scroll position around it.
  async loadOlder(/** @type {(change: () => void) => void} */ insertRows) {
    try {
      await this.#pages.readOlder(/** @type {string} */ (this.conversationId), insertRows);
    } catch (problem) {
      this.#emit('notice', describeWithWait(problem));
    }
  }

  send(/** @type {string} */ content) {
    const entry = { clientMessageId: crypto.randomUUID(), place: this.chatKey, content };
    outbox.put(entry);
    this.thread.addPending({ ...entry, status: 'sending' });
    this.#enqueue(entry);
  }

  resend(/** @type {string} */ clientMessageId) {
    const message = this.thread.userMessage(clientMessageId);
    if (message?.status === 'failed') {
      this.thread.updatePending(clientMessageId, { status: 'sending', problem: null });
      this.#enqueue({ clientMessageId, content: message.content });
    }
  }

  // Moves a failed message back into the composer, to be edited.
  withdraw(/** @type {string} */ clientMessageId) {
    const message = this.thread.userMessage(clientMessageId);
    outbox.remove(clientMessageId);
    this.thread.removePending(clientMessageId);
    this.#emit('withdrawn', message?.content ?? '');
  }

  // The reply that is being generated, or else the next one in the queue.
  currentReply() {
    const open = this.thread.openReplies();
    return open.find((reply) => reply.phase === 'generating') ?? open[0] ?? null;
  }

  async stop(reply = this.currentReply()) {
    if (!reply) {
      return;
    }

    try {
      const { reply: stored } = await retryTransient(() => api.cancelReply(reply.replyId));
      this.#settle(reply.replyId, stored);
    } catch (problem) {
      this.#emit('notice', describeWithWait(problem));
    }
  }

  // Requests another reply to the same message.
  regenerate(/** @type {ReplyState} */ reply) {
    return this.#requestVariant(reply, async () => {
      // The message may be unknown here; the stored reply always names it.
      return reply.userMessageId ?? (await api.reply(/** @type {string} */ (reply.replyId))).reply.messageId;
    });
  }

  // Requests a reply to a message that has none.
  requestReply(/** @type {string} */ userMessageId) {
    return this.#requestVariant(null, async () => userMessageId);
  }

  async markRead() {
    const seq = this.thread.lastSeq();
    if (this.conversationId && seq > 0) {
      await api.markRead(this.conversationId, seq).catch(() => {
        // The next reply marks the conversation read again, and the user could not act on this failure.
      });
    }
  }

  close() {
    this.#closed = true;
    this.#feed.close();
  }

  // Messages are posted one at a time, so that they are stored in the order they were written.
  #enqueue(/** @type {{ clientMessageId: string, content: string }} */ entry) {
    this.#sending = this.#sending.then(() => this.#deliver(entry));
  }

  /** @param {{ clientMessageId: string, content: string }} entry */
  async #deliver({ clientMessageId, content }) {
    try {
      const conversationId = await this.#ensureConversation();
      const post = { content, clientMessageId };
      const replies = await this.#frames.holdWhile(async () => {
        const accepted = await retryTransient(() => api.postMessage(conversationId, post));
        outbox.remove(clientMessageId);
        this.thread.confirm(clientMessageId, accepted.message, accepted.replies);
        return accepted.replies;
      });
      this.#follow(conversationId, null);
      this.#feed.watch();
      this.#emit('accepted');
      if (replies.some((reply) => reply.status !== 'queued' && reply.status !== 'generating')) {
        // A repeated post may already have its reply, which is then a stored message.
        this.#refreshInBackground();
      }
    } catch (problem) {
      if (hasStatus(problem, 401)) {
        accountSession.expire();
      }

      this.thread.updatePending(clientMessageId, { status: 'failed', problem, failedAt: Date.now() });
    }
  }

  /** @param {ReplyState | null} replaced @param {() => Promise<string>} findMessageId */
  async #requestVariant(replaced, findMessageId) {
    if (this.#isRequesting) {
      // A second click while the first request is in flight would create a second reply.
      return;
    }

    this.#isRequesting = true;
    try {
      const messageId = await findMessageId();
      await this.#frames.holdWhile(async () => {
        const { replies } = await api.regenerate(messageId);
        this.thread.addVariant(replaced, replies, messageId);
      });
      this.#feed.watch();
    } catch (problem) {
      this.#emit('notice', describeWithWait(problem));
    }

    this.#isRequesting = false;
  }

  async #ensureConversation() {
    if (this.conversationId) {
      return this.conversationId;
    }

    const persona = /** @type {Api.Persona} */ (this.persona);
    await retryTransient(() => accountSession.ensureUser());
    const { conversation } = await retryTransient(() => api.createConversation([persona.slug]));
    const from = this.chatKey;
    this.conversation = conversation;
    this.conversationId = conversation.id;
    outbox.move(from, this.chatKey);
    this.#emit('created', conversation.id);
    return conversation.id;
  }

  /** @param {string} conversationId @param {Realtime.Position | null} position */
  #follow(conversationId, position) {
    if (!this.#closed && !this.#feed.isFollowing) {
      this.#feed.follow(conversationId, position);
    }
  }

  // A reply that is open here but not listed as open by the server ended without a message, or began after the page was read.
  #settleUnlisted(/** @type {Api.MessagesResponse} */ page) {
    const listed = new Set(page.openReplies.map(({ id }) => id));
    for (const { replyId } of this.thread.openReplies().filter((reply) => !listed.has(reply.replyId))) {
      api.reply(replyId).then(({ reply }) => this.#settle(replyId, reply), () => {
        // The next refresh reads it again.
      });
    }
  }

  // How much of each open reply has been received. Only a text whose run is known can be continued.
  #textOffsets() {
    return this.thread.openReplies()
      .filter(({ content }) => content.run > 0)
      .map(({ replyId, content }) => ({ replyId, run: content.run, textOffset: content.text.length }));
  }

  /** @param {string} replyId @param {Realtime.ReplyFrame['type']} type @param {Realtime.ReplyFrame} frame */
  #advance(replyId, type, frame) {
    const before = this.thread.reply(replyId);
    if (!before) {
      return;
    }

    const { reply, gap } = advanceReply(before, type, frame);
    if (gap) {
      this.#feed.resync(replyId);
    } else if (reply !== before) {
      this.#setReply(replyId, reply);
    }
  }

  // Returns whether the reply has ended, so that its stream is not opened again.
  /** @param {string} replyId @param {Api.Reply} stored */
  #settle(replyId, stored) {
    const before = this.thread.reply(replyId);
    if (!before || isTerminal(before)) {
      return true;
    }

    if (this.#feed.isLive && !isTerminal({ phase: stored.status })) {
      // The live channel delivers the same state in order, so the stored reply is not applied.
      return false;
    }

    const reply = settleWithStored(before, stored);
    this.#setReply(replyId, reply);
    return isTerminal(reply);
  }

  /** @param {string} replyId @param {Realtime.ClientState} state */
  #onConnectionState(replyId, state) {
    const reply = this.thread.reply(replyId);
    if (reply && reply.connection !== state) {
      this.thread.setReply({ ...reply, connection: state });
    }

    if (state === 'closed' || state === 'sign-in') {
      // The next refresh may open a stream again.
      this.#feed.unwatch(replyId);
    }
  }

  /** @param {string} replyId @param {ReplyState} reply */
  #setReply(replyId, reply) {
    this.thread.setReply(reply);
    if (isTerminal(reply)) {
      this.#feed.unwatch(replyId);
      this.#emit('finished', reply);
      this.#completeFromStore(reply);
    }
  }

  // A reply that ended without its message is already shown, but its message id and sequence number, which variants refer
  // to, are only in the stored message.
  #completeFromStore(/** @type {ReplyState} */ reply) {
    if (!reply.messageId && reply.phase !== 'failed') {
      this.#refreshInBackground();
    }
  }

  #refreshInBackground() {
    this.refresh().catch(() => {
      // The next refresh reads the same messages.
    });
  }

  /** @template {keyof Events} T @param {T} type @param {Events[T]} [detail] */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
