// The state of one reply, as a value. Frames move it along queued → generating → completed | cancelled | failed;
// a terminal phase is final, whatever a late frame says.

import { emptyReplyText, mergeDelta, mergeSnapshot, mergeStarted } from './reply-text.js';

/** @import { Merged, ReplyText } from './reply-text.js' */

/**
 * @typedef {object} ReplyState
 * @property {string} key
 * @property {string | null} replyId null for a message that no reply produced, which is never open
 * @property {string | null} personaId
 * @property {string | null} userMessageId
 * @property {string | null} variantOf
 * @property {string | null} messageId of the stored message
 * @property {number | null} seq
 * @property {Api.ReplyStatus} phase
 * @property {ReplyText} content
 * @property {number | null} position
 * @property {number | null} etaSeconds
 * @property {boolean} retrying
 * @property {string | null} model
 * @property {string | null} errorText
 * @property {Realtime.ClientState} [connection] of the frames of this reply
 */

/** @typedef {Partial<Api.Reply> & { id: string }} StoredReply a frame names only some properties of a reply */
/** @typedef {{ reply: ReplyState, gap?: boolean }} Step */

/** @type {Set<Api.ReplyStatus>} */
const terminalPhases = new Set(['completed', 'cancelled', 'failed']);

/** @param {{ phase: Api.ReplyStatus }} reply */
export const isTerminal = (reply) => terminalPhases.has(reply.phase);

// `stored` is a reply as the HTTP API returns it.
/**
 * @param {StoredReply} stored
 * @param {string | null | undefined} userMessageId
 * @param {string | null} variantOf
 * @returns {ReplyState}
 */
export function replyFromStored(stored, userMessageId, variantOf = null) {
  return {
    key: stored.id,
    replyId: stored.id,
    personaId: stored.personaId ?? null,
    userMessageId: stored.messageId ?? userMessageId ?? null,
    variantOf,
    messageId: null,
    seq: null,
    phase: stored.status ?? 'queued',
    content: stored.text ? { run: -1, text: stored.text } : emptyReplyText,
    position: stored.position ?? null,
    etaSeconds: stored.etaSeconds ?? null,
    retrying: false,
    model: stored.usage?.model ?? null,
    errorText: stored.error?.text ?? null,
  };
}

/** @param {Api.Message} message @returns {ReplyState} */
export function replyFromMessage(message) {
  return {
    key: message.replyId ?? message.id,
    replyId: message.replyId ?? null,
    personaId: message.personaId ?? null,
    userMessageId: message.inReplyTo ?? null,
    variantOf: message.variantOf ?? null,
    messageId: message.id,
    seq: message.seq ?? null,
    phase: terminalPhases.has(message.status) ? message.status : 'completed',
    content: { run: -1, text: message.content ?? '' },
    position: null,
    etaSeconds: null,
    retrying: false,
    model: message.model ?? null,
    errorText: null,
  };
}

// Fields of the stored message win; which message the reply belongs to may be known only from the frames.
/** @param {ReplyState} reply @param {Api.Message} message @returns {ReplyState} */
export function settleWithMessage(reply, message) {
  const settled = replyFromMessage(message);
  return {
    ...settled,
    key: reply.key,
    replyId: reply.replyId ?? settled.replyId,
    personaId: settled.personaId ?? reply.personaId,
    userMessageId: settled.userMessageId ?? reply.userMessageId,
    variantOf: settled.variantOf ?? reply.variantOf,
    model: settled.model ?? reply.model,
  };
}

// Returns { reply, gap }: on a gap the caller must reopen the stream, which then sends a snapshot.
/** @param {ReplyState} reply @param {Realtime.ReplyFrame['type']} type @param {Realtime.ReplyFrame} frame */
export function advanceReply(reply, type, frame) {
  if (isTerminal(reply)) {
    return { reply, gap: false };
  }

  // The step of a type takes the frames of that type, which the type of an element of `steps` does not express.
  const step = /** @type {((reply: ReplyState, frame: Realtime.ReplyFrame) => Step) | undefined} */ (steps[type]);
  return step ? { gap: false, ...step(reply, frame) } : { reply, gap: false };
}

// Applies the stored reply, which is read when no stream can be opened.
/** @param {ReplyState} reply @param {Api.Reply} stored @returns {ReplyState} */
export function settleWithStored(reply, stored) {
  const content = stored.text ? { run: reply.content.run, text: stored.text } : reply.content;
  return {
    ...reply,
    phase: stored.status,
    content,
    retrying: false,
    position: stored.position ?? null,
    etaSeconds: stored.etaSeconds ?? null,
    userMessageId: reply.userMessageId ?? stored.messageId ?? null,
    model: stored.usage?.model ?? reply.model,
    errorText: stored.error?.text ?? reply.errorText,
  };
}

/** @type {{ [Type in Realtime.ReplyFrame['type']]: (reply: ReplyState, frame: Extract<Realtime.ReplyFrame, { type: Type }>) => Step }} */
const steps = {
  'ai-response-queued': (reply, frame) => ({
    reply: { ...reply, phase: 'queued', position: frame.position ?? null, etaSeconds: frame.etaSeconds ?? null },
  }),
  'ai-response-started': (reply, frame) => withContent(reply, mergeStarted(reply.content, frame)),
  'ai-response-delta': (reply, frame) => withContent(reply, mergeDelta(reply.content, frame)),
  snapshot: snapshotStep,
  'ai-response-retrying': (reply) => ({ reply: { ...reply, phase: 'generating', retrying: true } }),
  'ai-response-complete': (reply, frame) => ({
    reply: completed(reply, frame),
  }),
  'ai-response-error': (reply, frame) => ({
    reply: { ...reply, phase: 'failed', retrying: false, errorText: frame.text || null },
  }),
  'ai-response-cancelled': (reply, frame) => ({
    reply: {
      ...reply,
      phase: 'cancelled',
      retrying: false,
      content: frame.text ? { run: reply.content.run, text: frame.text } : reply.content,
    },
  }),
};

/** @param {ReplyState} reply @param {Realtime.ReplySnapshot} frame @returns {Step} */
function snapshotStep(reply, frame) {
  const { content } = mergeSnapshot(reply.content, { run: frame.run ?? 0, text: frame.text ?? '' });
  // The terminal frame follows its snapshot and carries what a terminal phase needs, so the phase changes with that frame.
  const phase = frame.status === 'queued' ? 'queued' : 'generating';
  return { reply: { ...reply, content, phase, retrying: false } };
}

/** @param {ReplyState} reply @param {Merged} merged @returns {Step} */
function withContent(reply, merged) {
  if (merged.outcome === 'gap') {
    return { reply, gap: true };
  }

  return merged.outcome === 'ignored'
    ? { reply }
    : { reply: { ...reply, phase: 'generating', retrying: false, content: merged.content } };
}

/** @param {ReplyState} reply @param {Realtime.ReplyCompleted} frame @returns {ReplyState} */
function completed(reply, frame) {
  const model = frame.usage?.model ?? reply.model;
  return frame.message
    ? settleWithMessage({ ...reply, model }, frame.message)
    : { ...reply, phase: 'completed', retrying: false, model };
}
