// One way to call the server. Every failure is an ApiProblem, that of the network too.

import { ApiProblem, readProblem } from './problem.js';

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

  // An answer cut off on its way is a failure of the network as well.
  return response.json().catch(() => {
    throw new ApiProblem({ code: 'network' });
  });
}

const jsonHeaders = { Accept: 'application/json', 'Content-Type': 'application/json' };
