// The cases of merge-cases.json, which states the meaning of its fields, on the page's merge functions.

import { emptyReplyText, mergeDelta, mergeSnapshot, mergeStarted } from '../replies/reply-text.js';
import { equal } from './expect.js';

/** @import { Merged, ReplyText } from '../replies/reply-text.js' */

/** @typedef {{ kind: 'start' | 'delta' | 'snapshot', run: number, textOffset?: number, text?: string }} Frame */
/** @typedef {{ outcome: string, run: number | null, text: string }} Expectation */
/** @typedef {{ name: string, before: ReplyText | null, frame: Frame, expected: Expectation, page?: Expectation }} MergeCase */

/** @param {string} text */
const withSurrogates = (text) => text.replaceAll('^', '\ud83c').replaceAll('_', '\udf1f');

/** @param {MergeCase[]} cases */
export function findFaults(cases) {
  if (cases.length === 0) {
    return ['There are no cases.'];
  }

  return cases.flatMap((item) => {
    try {
      check(item);
      return [];
    } catch (error) {
      return [`${item.name}: ${error}`];
    }
  });
}

/** @param {MergeCase} item */
function check({ before, frame, expected: common, page }) {
  const content = before === null ? emptyReplyText : { run: before.run, text: withSurrogates(before.text) };
  const text = withSurrogates(frame.text ?? '');
  const merged = merge(content, frame, text);
  const outcome = merged.outcome === 'applied' && isTrimmed(content, frame, text, merged) ? 'trimmed' : merged.outcome;
  const expected = page ?? common;
  equal(
    [outcome, merged.content.run, merged.content.text],
    [expected.outcome, expected.run ?? emptyReplyText.run, withSurrogates(expected.text)],
    'the result',
  );
}

/** @param {ReplyText} content @param {Frame} frame @param {string} text */
function merge(content, { kind, run, textOffset = 0 }, text) {
  if (kind === 'start') {
    return mergeStarted(content, { run });
  }

  return kind === 'delta' ? mergeDelta(content, { run, textOffset, text }) : mergeSnapshot(content, { run, text });
}

// True when the text grew by less than the delta's text.
/** @param {ReplyText} content @param {Frame} frame @param {string} text @param {Merged} merged */
function isTrimmed(content, { kind, run }, text, merged) {
  const known = content.run === run ? content.text.length : 0;
  return kind === 'delta' && merged.content.text.length - known < text.length;
}
