// What is known of one conversation's messages and answers. It holds state and says what changed; it calls nobody.
//   structure  rows came, went or moved
//   answer     one answer moved on ({ detail: key })

import { answerFromMessage, answerFromReply, isTerminal, settleWithMessage } from './answer-state.js';
import { arrangeThread } from './thread-order.js';

export class Thread extends EventTarget {
  #users = new Map();
  #answers = new Map();
  #shown = new Map();

  rows() {
    return arrangeThread([...this.#users.values()], [...this.#answers.values()]);
  }

  answer(key) {
    return this.#answers.get(key) ?? null;
  }

  userMessage(key) {
    return this.#users.get(key) ?? null;
  }

  // A message by the id that the server gave it; an answer's message too.
  hasMessage(id) {
    return [...this.#users.values()].some((entry) => entry.id === id)
      || [...this.#answers.values()].some((answer) => answer.messageId === id);
  }

  openAnswers() {
    return [...this.#answers.values()].filter((answer) => !isTerminal(answer));
  }

  lastSeq() {
    const seqs = [...this.#users.values(), ...this.#answers.values()].map((entry) => entry.seq ?? 0);
    return Math.max(0, ...seqs);
  }

  // A page of stored messages, old or fresh; what is already here is brought up to date, never doubled.
  merge(messages, openReplies = []) {
    for (const message of messages) {
      if (message.role === 'user') {
        this.#mergeUser(message);
      } else if (message.role === 'assistant') {
        this.#mergeAnswer(message);
      }
    }

    openReplies.forEach((reply) => this.#mergeReply(reply, reply.messageId));
    this.#restructured();
  }

  // A message on its way. status: sending | failed
  addPending({ clientMessageId, content, status }) {
    this.#users.set(clientMessageId, { key: clientMessageId, id: null, seq: null, content, status, problem: null });
    this.#restructured();
  }

  updatePending(clientMessageId, change) {
    const message = this.#users.get(clientMessageId);
    if (message) {
      this.#users.set(clientMessageId, { ...message, ...change });
      this.#restructured();
    }
  }

  removePending(clientMessageId) {
    this.#users.delete(clientMessageId);
    this.#restructured();
  }

  // A refresh may have brought the same message before its own acceptance was read.
  confirm(clientMessageId, message, replies) {
    for (const [key, known] of this.#users) {
      if (known.id === message.id && key !== clientMessageId) {
        this.#users.delete(key);
      }
    }

    this.#users.set(clientMessageId, { ...userFrom(message), key: clientMessageId });
    replies.forEach((reply) => this.#mergeReply(reply, message.id));
    this.#restructured();
  }

  // A new answer to an old message. What was said gets a sibling; an answer without words, or a failed one, is replaced.
  addVariant(replaced, replies, userMessageId) {
    // As it stands by now: its message may have been stored since its button was drawn.
    const known = replaced && (this.#answers.get(replaced.key) ?? replaced);
    const isKept = Boolean(known?.messageId) || (known?.phase === 'cancelled' && known.reply.text !== '');
    if (known && !isKept) {
      this.#answers.delete(known.key);
    }

    const first = isKept ? known.messageId ?? known.replyId : null;
    replies.forEach((reply) => this.#mergeReply(reply, userMessageId, known?.variantOf ?? first));
    if (replaced) {
      this.#shown.delete(this.#rowKeyOf(replies[0].id));
    }

    this.#restructured();
  }

  setAnswer(answer) {
    this.#answers.set(answer.key, answer);
    if (isTerminal(answer)) {
      this.#restructured();
    } else {
      this.dispatchEvent(new CustomEvent('answer', { detail: answer.key }));
    }
  }

  // Of several variants the newest is shown until the reader chooses another.
  shownVariant(row) {
    const chosen = this.#shown.get(row.key) ?? row.variants.length - 1;
    return Math.min(chosen, row.variants.length - 1);
  }

  showVariant(rowKey, index) {
    this.#shown.set(rowKey, index);
    this.#restructured();
  }

  #mergeUser(message) {
    const known = [...this.#users.values()].find((entry) => entry.id === message.id);
    const key = known?.key ?? message.id;
    this.#users.set(key, { ...userFrom(message), key });
  }

  #mergeAnswer(message) {
    const known = this.#answers.get(message.replyId ?? message.id);
    const answer = known ? settleWithMessage(known, message) : answerFromMessage(message);
    this.#answers.set(answer.key, answer);
  }

  #mergeReply(reply, userMessageId, variantOf = null) {
    const fresh = answerFromReply(reply, userMessageId, variantOf);
    const known = this.#answers.get(reply.id);
    // A frame of its may have come first, and a frame does not say what it answers.
    this.#answers.set(reply.id, known ? { ...known, ...linksOf(known, fresh) } : fresh);
  }

  #rowKeyOf(replyId) {
    return this.rows().find((row) => row.variants?.some((answer) => answer.replyId === replyId))?.key;
  }

  #restructured() {
    this.dispatchEvent(new Event('structure'));
  }
}

function linksOf(known, fresh) {
  return {
    personaId: known.personaId ?? fresh.personaId,
    userMessageId: known.userMessageId ?? fresh.userMessageId,
    variantOf: known.variantOf ?? fresh.variantOf,
  };
}

function userFrom({ id, seq, content, createdAt }) {
  return { id, seq: seq ?? null, content, createdAt, status: 'sent', problem: null };
}
