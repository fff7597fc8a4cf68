// The text of one reply, merged from frames that may be repeated, late or missing.
//
// A position is (run, textOffset), the offset in UTF-16 code units, which is also what String.length counts.
// A run is one start of the job; a later run starts the text again, an earlier one has nothing to say any more.
// Every function is pure and answers { outcome, reply }:
//   applied  the text moved
//   ignored  nothing new in it
//   gap      text is missing before this frame; only a fresh snapshot can tell it

export const emptyReplyText = Object.freeze({ run: -1, text: '' });

const applied = (run, text) => ({ outcome: 'applied', reply: { run, text } });
const ignored = (reply) => ({ outcome: 'ignored', reply });
const gap = (reply) => ({ outcome: 'gap', reply });

export function mergeStarted(reply, { run }) {
  return run > reply.run ? applied(run, '') : ignored(reply);
}

export function mergeDelta(reply, { run, textOffset, text }) {
  if (run < reply.run) {
    return ignored(reply);
  }

  const known = run > reply.run ? '' : reply.text;
  if (textOffset > known.length) {
    return gap(reply);
  }

  const fresh = text.slice(known.length - textOffset);
  return fresh === '' && run === reply.run ? ignored(reply) : applied(run, known + fresh);
}

export function mergeSnapshot(reply, { run, text }) {
  if (run < reply.run) {
    return ignored(reply);
  }

  // Within a run text only grows, so the shorter of two is merely the older one.
  if (run === reply.run && text.length <= reply.text.length) {
    return ignored(reply);
  }

  return applied(run, text);
}
