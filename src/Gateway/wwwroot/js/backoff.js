// Exponential delays with jitter: half of each delay is fixed, half is random, so that many pages that lost
// the same server do not come back in the same instant, and none of them comes back at once.

export function backoffDelayMs(attempt, { baseMs = 500, capMs = 15_000, random = Math.random } = {}) {
  const fullMs = Math.min(capMs, baseMs * 2 ** attempt);
  return Math.round(fullMs / 2 + random() * (fullMs / 2));
}
