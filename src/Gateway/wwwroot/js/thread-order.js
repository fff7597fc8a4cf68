// Puts messages and answers into the rows a reader sees. Pure.
//
// An answer stands under the message it answers when that is known, even if later messages came in between;
// otherwise where its number puts it. Answers that are variants of one another share a row.

export function arrangeThread(userMessages, answers) {
  const rows = userMessages.map((message) => ({ kind: 'user', key: message.key, message }));
  rows.push(...groupVariants(answers));

  const seqOfMessage = new Map(userMessages.filter((m) => m.id).map((m) => [m.id, m.seq ?? Infinity]));
  const place = (row) => placeOf(row, seqOfMessage);
  return rows
    .map((row, arrival) => ({ row, arrival, place: place(row) }))
    .sort((a, b) => compare(a.place, b.place) || a.arrival - b.arrival)
    .map(({ row }) => row);
}

function groupVariants(answers) {
  const rowOf = new Map();
  const rows = [];
  const bySeq = [...answers].sort((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity));
  for (const answer of bySeq) {
    const row = rowOf.get(answer.variantOf) ?? { kind: 'answer', key: answer.key, variants: [] };
    if (row.variants.length === 0) {
      rows.push(row);
    }

    row.variants.push(answer);
    for (const name of [answer.messageId, answer.replyId]) {
      if (name) {
        rowOf.set(name, row);
      }
    }
  }

  return rows;
}

// [place of the turn, 0 for the message and 1 for what answers it]
function placeOf(row, seqOfMessage) {
  if (row.kind === 'user') {
    return [row.message.seq ?? Infinity, 0];
  }

  const [first] = row.variants;
  const questionSeq = seqOfMessage.get(first.userMessageId);
  return questionSeq === undefined ? [first.seq ?? Infinity, 0] : [questionSeq, 1];
}

function compare([a, a2], [b, b2]) {
  // Two infinities are equal here; their difference would not be a number.
  return a === b ? a2 - b2 : a < b ? -1 : 1;
}
