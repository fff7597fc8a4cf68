// Retries an operation over an unreliable network. Only transient failures are retried; a refusal by the server is
// thrown at once.

import { backoffDelayMs } from './backoff.js';
import { ApiProblem } from './problem.js';

/** @param {number} delayMs @returns {Promise<void>} */
const sleep = (delayMs) => new Promise((resolve) => {
  setTimeout(resolve, delayMs);
});

/**
 * @template T
 * @param {() => Promise<T>} operation
 * @returns {Promise<T>}
 */
export async function retryTransient(operation, { attempts = 5, wait = sleep, random = Math.random } = {}) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await operation();
    } catch (problem) {
      if (!(problem instanceof ApiProblem && problem.isTransient) || attempt + 1 >= attempts) {
        throw problem;
      }

      await wait(backoffDelayMs(attempt, { random }));
    }
  }
}
