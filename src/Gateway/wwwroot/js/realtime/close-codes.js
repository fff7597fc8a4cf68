// What the code of a `closing` frame allows.

import { closeRanges } from '../shared/contract.js';

const jitterMs = 500;

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

export function isOverLimit(code) {
  return code >= closeRanges.afterDelay[0];
}

function isIn([first, last], code) {
  return code >= first && code <= last;
}
