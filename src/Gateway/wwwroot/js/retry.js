// Repeats an operation over a network that comes and goes. Only failures that say nothing about the request
// itself are repeated; a refusal by the server is handed on at once.

import { backoffDelayMs } from './backoff.js';

const sleep = (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs));

export async function retryTransient(operation, { attempts = 5, wait = sleep, random = Math.random } = {}) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await operation();
    } catch (problem) {
      if (!problem.isTransient || attempt + 1 >= attempts) {
        throw problem;
      }

      await wait(backoffDelayMs(attempt, { random }));
    }
  }
}
