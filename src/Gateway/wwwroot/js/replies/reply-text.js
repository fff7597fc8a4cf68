// The text of one reply, merged from frames that may be repeated, late or missing.
//
// A position is (run, textOffset), the offset in UTF-16 code units, which is also what String.length counts.
// A run is one execution of the job; a later run starts the text again, and frames of an earlier run are ignored.
// Every function is pure, takes the content { run, text } and returns { outcome, content }:
//   applied  the content changed
//   ignored  the frame holds nothing new
//   gap      text is missing before this frame; only a new snapshot can supply it

/** @typedef {{ run: number, text: string }} ReplyText */
/** @typedef {{ outcome: 'applied' | 'ignored' | 'gap', content: ReplyText }} Merged */

export const emptyReplyText = Object.freeze({ run: -1, text: '' });

/** @type {(run: number, text: string) => Merged} */
const applied = (run, text) => ({ outcome: 'applied', content: { run, text } });
/** @type {(content: ReplyText) => Merged} */
const ignored = (content) => ({ outcome: 'ignored', content });
/** @type {(content: ReplyText) => Merged} */
const gap = (content) => ({ outcome: 'gap', content });

/** @param {ReplyText} content @param {{ run: number }} frame */
export function mergeStarted(content, { run }) {
  return run > content.run ? applied(run, '') : ignored(content);
}

/** @param {ReplyText} content @param {{ run: number, textOffset: number, text: string }} frame */
export function mergeDelta(content, { run, textOffset, text }) {
  if (run < content.run) {
    return ignored(content);
  }

  const known = run > content.run ? '' : content.text;
  if (textOffset > known.length) {
    return gap(content);
  }

  const fresh = text.slice(known.length - textOffset);
  return fresh === '' && run === content.run ? ignored(content) : applied(run, known + fresh);
}

/** @param {ReplyText} content @param {ReplyText} frame */
export function mergeSnapshot(content, { run, text }) {
  if (run < content.run) {
    return ignored(content);
  }

  // Within a run text only grows, so the shorter of two texts is the older one.
  if (run === content.run && text.length <= content.text.length) {
    return ignored(content);
  }

  return applied(run, text);
}
