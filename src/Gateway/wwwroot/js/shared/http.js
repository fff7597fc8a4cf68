// Sends all requests to the server. Every failure, also of the network, is an ApiProblem.

import { ApiProblem, readProblem } from './problem.js';

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} a body; Api.Client has the shapes */
export async function request(method, path, body) {
  let response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers: body === undefined ? { Accept: 'application/json' } : jsonHeaders,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
    });
  } catch {
    throw new ApiProblem({ code: 'network' });
  }

  if (!response.ok) {
    throw await readProblem(response);
  }

  if (response.status === 204) {
    return null;
  }

  // A truncated response is a network failure as well.
  return response.json().catch(() => {
    throw new ApiProblem({ code: 'network' });
  });
}

const jsonHeaders = { Accept: 'application/json', 'Content-Type': 'application/json' };
