// Orders user messages and replies into the rows of a thread. Pure.
//
// A reply is placed under its user message when that is known, even if later messages were posted in between; otherwise by
// its sequence number. Replies that are variants of one another share a row.

/** @import { ReplyState } from '../replies/reply-state.js' */

/**
 * @typedef {object} UserMessage
 * @property {string} key the clientMessageId of a message of this page, otherwise the id
 * @property {string | null} id null until the server has accepted the message
 * @property {number | null} seq
 * @property {string} content
 * @property {'sending' | 'failed' | 'sent'} status
 * @property {unknown} problem why it could not be sent
 * @property {number} [failedAt]
 * @property {string} [createdAt]
 */
/** @typedef {{ kind: 'user', key: string, message: UserMessage, variants?: undefined }} UserRow */
/** @typedef {{ kind: 'reply', key: string, variants: ReplyState[] }} ReplyRow */
/** @typedef {UserRow | ReplyRow} Row */

/** @param {UserMessage[]} userMessages @param {ReplyState[]} replies @returns {Row[]} */
export function orderThread(userMessages, replies) {
  /** @type {Row[]} */
  const rows = userMessages.map((message) => ({ kind: 'user', key: message.key, message }));
  rows.push(...groupVariants(replies));

  const seqOfMessage = new Map(userMessages.filter((m) => m.id).map((m) => [m.id, m.seq ?? Infinity]));
  return rows
    .map((row, arrival) => ({ row, arrival, sortKey: sortKeyOf(row, seqOfMessage) }))
    .sort((a, b) => compare(a.sortKey, b.sortKey) || a.arrival - b.arrival)
    .map(({ row }) => row);
}

/** @param {ReplyState[]} replies */
function groupVariants(replies) {
  /** @type {Map<string | null, ReplyRow>} */
  const rowOf = new Map();
  /** @type {ReplyRow[]} */
  const rows = [];
  const bySeq = [...replies].sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity));
  for (const reply of bySeq) {
    /** @type {ReplyRow} */
    const row = rowOf.get(reply.variantOf) ?? { kind: 'reply', key: reply.key, variants: [] };
    if (row.variants.length === 0) {
      rows.push(row);
    }

    row.variants.push(reply);
    for (const id of [reply.messageId, reply.replyId]) {
      if (id) {
        rowOf.set(id, row);
      }
    }
  }

  return rows;
}

// [sequence number of the user message, 0 for the message itself and 1 for its replies]
/** @param {Row} row @param {Map<string | null, number>} seqOfMessage @returns {[number, 0 | 1]} */
function sortKeyOf(row, seqOfMessage) {
  if (row.kind === 'user') {
    return [row.message.seq ?? Infinity, 0];
  }

  const [first] = row.variants;
  const userMessageSeq = seqOfMessage.get(first.userMessageId);
  return userMessageSeq === undefined ? [first.seq ?? Infinity, 0] : [userMessageSeq, 1];
}

/** @param {[number, number]} a @param {[number, number]} b */
function compare([seqOfA, rankOfA], [seqOfB, rankOfB]) {
  // Compared without subtraction, because Infinity - Infinity is not a number.
  return seqOfA === seqOfB ? rankOfA - rankOfB : seqOfA < seqOfB ? -1 : 1;
}
