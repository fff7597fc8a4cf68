// What the code of a `closing` frame allows.

import { closeRanges } from '../shared/contract.js';

const jitterMs = 500;

/** @param {number} code @returns {Realtime.ReconnectPlan} */
export function reconnectPlan(code, reconnectAfterMs = 0, random = Math.random) {
  if (isIn(closeRanges.never, code)) {
    return { kind: 'closed' };
  }

  if (isIn(closeRanges.withNewSession, code)) {
    return { kind: 'sign-in' };
  }

  if (isIn(closeRanges.afterDelay, code)) {
    return { kind: 'after', delayMs: reconnectAfterMs };
  }

  return { kind: 'after', delayMs: reconnectAfterMs + Math.round(random() * jitterMs) };
}

/** @param {number | null} code */
export function isOverLimit(code) {
  return code !== null && code >= closeRanges.afterDelay[0];
}

/** @param {readonly [number, number]} range @param {number} code */
function isIn([first, last], code) {
  return code >= first && code <= last;
}
