// One answer of a persona, as a value. Frames move it along queued → generating → completed | cancelled | failed;
// a terminal phase is never left again, whatever a late frame says.

import { emptyReplyText, mergeDelta, mergeSnapshot, mergeStarted } from './reply-text.js';

const terminalPhases = new Set(['completed', 'cancelled', 'failed']);

export const isTerminal = (answer) => terminalPhases.has(answer.phase);

export function answerFromReply(reply, userMessageId, variantOf = null) {
  return {
    key: reply.id,
    replyId: reply.id,
    personaId: reply.personaId ?? null,
    userMessageId: reply.messageId ?? userMessageId ?? null,
    variantOf: reply.variantOf ?? variantOf,
    messageId: null,
    seq: null,
    phase: reply.status ?? 'queued',
    reply: reply.text ? { run: -1, text: reply.text } : emptyReplyText,
    position: reply.position ?? null,
    etaSeconds: reply.etaSeconds ?? null,
    retrying: false,
    model: reply.usage?.model ?? null,
    errorText: describeError(reply.error),
  };
}

export function answerFromMessage(message) {
  return {
    key: message.replyId ?? message.id,
    replyId: message.replyId ?? null,
    personaId: message.personaId ?? null,
    userMessageId: message.inReplyTo ?? null,
    variantOf: message.variantOf ?? null,
    messageId: message.id,
    seq: message.seq ?? null,
    phase: terminalPhases.has(message.status) ? message.status : 'completed',
    reply: { run: -1, text: message.content ?? '' },
    position: null,
    etaSeconds: null,
    retrying: false,
    model: modelOf(message),
    errorText: null,
  };
}

// What the stored message knows wins; the link to its question may be known only from the stream.
export function settleWithMessage(answer, message) {
  const stored = answerFromMessage(message);
  return {
    ...stored,
    key: answer.key,
    replyId: answer.replyId ?? stored.replyId,
    personaId: stored.personaId ?? answer.personaId,
    userMessageId: stored.userMessageId ?? answer.userMessageId,
    variantOf: stored.variantOf ?? answer.variantOf,
    model: stored.model ?? answer.model,
  };
}

// Answers { answer, gap }: with gap the caller must reopen the stream for a snapshot.
export function advanceAnswer(answer, type, frame) {
  if (isTerminal(answer)) {
    return { answer, gap: false };
  }

  const step = steps[type];
  return step ? { gap: false, ...step(answer, frame) } : { answer, gap: false };
}

// The stored reply, read when no stream is to be had.
export function settleWithReply(answer, reply) {
  const text = reply.text ? { run: answer.reply.run, text: reply.text } : answer.reply;
  return {
    ...answer,
    phase: reply.status,
    reply: text,
    retrying: false,
    position: reply.position ?? null,
    etaSeconds: reply.etaSeconds ?? null,
    userMessageId: answer.userMessageId ?? reply.messageId ?? null,
    model: reply.usage?.model ?? answer.model,
    errorText: describeError(reply.error) ?? answer.errorText,
  };
}

const steps = {
  'ai-response-queued': (answer, frame) => ({
    answer: { ...answer, phase: 'queued', position: frame.position ?? null, etaSeconds: frame.etaSeconds ?? null },
  }),
  'ai-response-started': (answer, frame) => withText(answer, mergeStarted(answer.reply, frame)),
  'ai-response-delta': (answer, frame) => withText(answer, mergeDelta(answer.reply, frame)),
  snapshot: snapshotStep,
  'ai-response-retrying': (answer) => ({ answer: { ...answer, phase: 'generating', retrying: true } }),
  'ai-response-complete': (answer, frame) => ({
    answer: completed(answer, frame),
  }),
  'ai-response-error': (answer, frame) => ({
    answer: { ...answer, phase: 'failed', retrying: false, errorText: frame.text || null },
  }),
  'ai-response-cancelled': (answer, frame) => ({
    answer: {
      ...answer,
      phase: 'cancelled',
      retrying: false,
      reply: frame.text ? { run: answer.reply.run, text: frame.text } : answer.reply,
    },
  }),
};

function snapshotStep(answer, frame) {
  const { reply } = mergeSnapshot(answer.reply, { run: frame.run ?? 0, text: frame.text ?? '' });
  // The terminal frame follows its snapshot and carries what a terminal phase needs, so the phase waits for it.
  const phase = frame.status === 'queued' ? 'queued' : 'generating';
  return { answer: { ...answer, reply, phase, retrying: false } };
}

function withText(answer, merged) {
  if (merged.outcome === 'gap') {
    return { answer, gap: true };
  }

  return merged.outcome === 'ignored'
    ? { answer }
    : { answer: { ...answer, phase: 'generating', retrying: false, reply: merged.reply } };
}

function completed(answer, frame) {
  const model = frame.usage?.model ?? answer.model;
  return frame.message
    ? settleWithMessage({ ...answer, model }, frame.message)
    : { ...answer, phase: 'completed', retrying: false, model };
}

function modelOf(message) {
  return message.model ?? message.metadata?.model ?? message.usage?.model ?? null;
}

function describeError(error) {
  if (!error) {
    return null;
  }

  return typeof error === 'string' ? error : error.text ?? error.detail ?? null;
}
