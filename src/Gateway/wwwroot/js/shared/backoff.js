// Exponential delays with jitter: half of each delay is fixed and half is random, so that the clients of a failed server
// neither reconnect at the same moment nor immediately.

/** @param {number} attempt @param {{ baseMs?: number, capMs?: number, random?: () => number }} options */
export function backoffDelayMs(attempt, { baseMs = 500, capMs = 15_000, random = Math.random } = {}) {
  const fullMs = Math.min(capMs, baseMs * 2 ** attempt);
  return Math.round(fullMs / 2 + random() * (fullMs / 2));
}
