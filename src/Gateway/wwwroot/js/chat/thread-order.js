// Orders user messages and replies into the rows of a thread. Pure.
//
// A reply is placed under its user message when that is known, even if later messages were posted in between; otherwise by
// its sequence number. Replies that are variants of one another share a row.

export function orderThread(userMessages, replies) {
  const rows = userMessages.map((message) => ({ kind: 'user', key: message.key, message }));
  rows.push(...groupVariants(replies));

  const seqOfMessage = new Map(userMessages.filter((m) => m.id).map((m) => [m.id, m.seq ?? Infinity]));
  return rows
    .map((row, arrival) => ({ row, arrival, sortKey: sortKeyOf(row, seqOfMessage) }))
    .sort((a, b) => compare(a.sortKey, b.sortKey) || a.arrival - b.arrival)
    .map(({ row }) => row);
}

function groupVariants(replies) {
  const rowOf = new Map();
  const rows = [];
  const bySeq = [...replies].sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity));
  for (const reply of bySeq) {
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
function sortKeyOf(row, seqOfMessage) {
  if (row.kind === 'user') {
    return [row.message.seq ?? Infinity, 0];
  }

  const [first] = row.variants;
  const userMessageSeq = seqOfMessage.get(first.userMessageId);
  return userMessageSeq === undefined ? [first.seq ?? Infinity, 0] : [userMessageSeq, 1];
}

function compare([a, a2], [b, b2]) {
  // Compared without subtraction, because Infinity - Infinity is not a number.
  return a === b ? a2 - b2 : a < b ? -1 : 1;
}
