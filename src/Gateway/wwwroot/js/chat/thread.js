// The loaded user messages and replies of one conversation. It holds state and dispatches events; it makes no calls.
//   structure  rows were added, removed or moved
//   reply      one reply changed ({ detail: key })

import { isTerminal, replyFromMessage, replyFromStored, settleWithMessage } from '../replies/reply-state.js';
import { orderThread } from './thread-order.js';

/** @import { ReplyState, StoredReply } from '../replies/reply-state.js' */
/** @import { ReplyRow, UserMessage } from './thread-order.js' */

export class Thread extends /** @type {EventTargetClass<{ structure: null, reply: string }>} */ (EventTarget) {
  /** @type {Map<string, UserMessage>} */ #userMessages = new Map();
  /** @type {Map<string, ReplyState>} */ #replies = new Map();
  /** @type {Map<string, number>} */ #chosenVariants = new Map();

  rows() {
    return orderThread([...this.#userMessages.values()], [...this.#replies.values()]);
  }

  /** @param {string} key */
  reply(key) {
    return this.#replies.get(key) ?? null;
  }

  /** @param {string} key */
  userMessage(key) {
    return this.#userMessages.get(key) ?? null;
  }

  // Whether the thread has the message with this server id, of the user or of a reply.
  /** @param {string} id */
  hasMessage(id) {
    return [...this.#userMessages.values()].some((entry) => entry.id === id)
      || [...this.#replies.values()].some((reply) => reply.messageId === id);
  }

  // A reply without an id was read as a message, so it has ended.
  openReplies() {
    const open = [...this.#replies.values()].filter((reply) => !isTerminal(reply));
    return /** @type {(ReplyState & { replyId: string })[]} */ (open);
  }

  lastSeq() {
    const seqs = [...this.#userMessages.values(), ...this.#replies.values()].map((entry) => entry.seq ?? 0);
    return Math.max(0, ...seqs);
  }

  // Merges a page of stored messages, old or new; known messages are updated, never duplicated.
  /** @param {Api.Message[]} messages @param {StoredReply[]} openReplies */
  merge(messages, openReplies = []) {
    for (const message of messages) {
      if (message.role === 'user') {
        this.#mergeUserMessage(message);
      } else if (message.role === 'assistant') {
        this.#mergeReplyMessage(message);
      }
    }

    openReplies.forEach((stored) => this.#mergeStoredReply(stored, stored.messageId));
    this.#structureChanged();
  }

  // Adds a message that the server has not accepted yet. status: sending | failed
  /** @param {{ clientMessageId: string, content: string, status: 'sending' | 'failed' }} message */
  addPending({ clientMessageId, content, status }) {
    this.#userMessages.set(clientMessageId, { key: clientMessageId, id: null, seq: null, content, status, problem: null });
    this.#structureChanged();
  }

  /** @param {string} clientMessageId @param {Partial<UserMessage>} change */
  updatePending(clientMessageId, change) {
    const message = this.#userMessages.get(clientMessageId);
    if (message) {
      this.#userMessages.set(clientMessageId, { ...message, ...change });
      this.#structureChanged();
    }
  }

  /** @param {string} clientMessageId */
  removePending(clientMessageId) {
    this.#userMessages.delete(clientMessageId);
    this.#structureChanged();
  }

  // Replaces a pending message with the accepted one. A refresh may have read that message before the response arrived.
  /** @param {string} clientMessageId @param {Api.Message} message @param {StoredReply[]} replies */
  confirm(clientMessageId, message, replies) {
    for (const [key, known] of this.#userMessages) {
      if (known.id === message.id && key !== clientMessageId) {
        this.#userMessages.delete(key);
      }
    }

    this.#userMessages.set(clientMessageId, { ...userMessageFrom(message), key: clientMessageId });
    replies.forEach((stored) => this.#mergeStoredReply(stored, message.id));
    this.#structureChanged();
  }

  // Adds another reply to a message. It becomes a variant of a reply that has text; an empty or failed reply is replaced.
  /** @param {ReplyState | null} replaced @param {StoredReply[]} replies @param {string} userMessageId */
  addVariant(replaced, replies, userMessageId) {
    // The current state of the reply: its message may have been stored since the button was drawn.
    const known = replaced && (this.#replies.get(replaced.key) ?? replaced);
    const isKept = Boolean(known?.messageId) || (known?.phase === 'cancelled' && known.content.text !== '');
    if (known && !isKept) {
      this.#replies.delete(known.key);
    }

    const first = known && isKept ? known.messageId ?? known.replyId : null;
    replies.forEach((stored) => this.#mergeStoredReply(stored, userMessageId, known?.variantOf ?? first));
    if (replaced) {
      this.#chosenVariants.delete(this.#rowKeyOf(replies[0].id) ?? '');
    }

    this.#structureChanged();
  }

  /** @param {ReplyState} reply */
  setReply(reply) {
    this.#replies.set(reply.key, reply);
    if (isTerminal(reply)) {
      this.#structureChanged();
    } else {
      this.dispatchEvent(new CustomEvent('reply', { detail: reply.key }));
    }
  }

  // The index of the variant to show: the newest until the reader chooses another.
  /** @param {ReplyRow} row */
  shownVariant(row) {
    const chosen = this.#chosenVariants.get(row.key) ?? row.variants.length - 1;
    return Math.min(chosen, row.variants.length - 1);
  }

  /** @param {string} rowKey @param {number} index */
  showVariant(rowKey, index) {
    this.#chosenVariants.set(rowKey, index);
    this.#structureChanged();
  }

  /** @param {Api.Message} message */
  #mergeUserMessage(message) {
    const known = [...this.#userMessages.values()].find((entry) => entry.id === message.id);
    const key = known?.key ?? message.id;
    this.#userMessages.set(key, { ...userMessageFrom(message), key });
  }

  /** @param {Api.Message} message */
  #mergeReplyMessage(message) {
    const known = this.#replies.get(message.replyId ?? message.id);
    const reply = known ? settleWithMessage(known, message) : replyFromMessage(message);
    this.#replies.set(reply.key, reply);
  }

  /** @param {StoredReply} stored @param {string | undefined} userMessageId @param {string | null} variantOf */
  #mergeStoredReply(stored, userMessageId, variantOf = null) {
    const fresh = replyFromStored(stored, userMessageId, variantOf);
    const known = this.#replies.get(stored.id);
    // A frame of the reply may have arrived first, and a frame does not name the user message.
    this.#replies.set(stored.id, known ? { ...known, ...relationsOf(known, fresh) } : fresh);
  }

  /** @param {string} replyId */
  #rowKeyOf(replyId) {
    return this.rows().find((row) => row.variants?.some((reply) => reply.replyId === replyId))?.key;
  }

  #structureChanged() {
    this.dispatchEvent(new Event('structure'));
  }
}

/** @param {ReplyState} known @param {ReplyState} fresh */
function relationsOf(known, fresh) {
  return {
    personaId: known.personaId ?? fresh.personaId,
    userMessageId: known.userMessageId ?? fresh.userMessageId,
    variantOf: known.variantOf ?? fresh.variantOf,
  };
}

/** @param {Api.Message} message @returns {Omit<UserMessage, 'key'>} */
function userMessageFrom({ id, seq, content, createdAt }) {
  return { id, seq: seq ?? null, content, createdAt, status: 'sent', problem: null };
}
