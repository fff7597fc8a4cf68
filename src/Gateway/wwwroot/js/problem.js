// A refused or failed request, from problem+json (RFC 9457), and how it is told to a person.

export class ApiProblem extends Error {
  constructor({ status = 0, code = null, detail = null, title = null, fields = {}, retryAfterSeconds = null }) {
    super(detail ?? title ?? code ?? 'The request failed.');
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.detail = detail ?? title;
    this.fields = fields;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  // Nothing was decided about the request: the network or a proxy failed on the way.
  get isTransient() {
    return this.status === 0 || this.status === 502 || this.status === 504;
  }

  get isOverload() {
    return this.status === 429 || this.status === 503;
  }
}

export async function readProblem(response) {
  const body = await response.json().catch(() => ({}));
  return new ApiProblem({
    status: response.status,
    code: body.code ?? null,
    detail: body.detail ?? null,
    title: body.title ?? null,
    fields: normaliseFields(body.errors),
    retryAfterSeconds: body.retryAfterSeconds ?? headerSeconds(response.headers.get('Retry-After')),
  });
}

export function describeProblem(problem) {
  if (!(problem instanceof ApiProblem)) {
    return 'Something went wrong on this page.';
  }

  if (problem.status === 0) {
    return 'The server cannot be reached.';
  }

  if (problem.isOverload) {
    return problem.detail ?? (problem.status === 429 ? 'That was a little fast.' : 'The server is busy just now.');
  }

  return problem.detail ?? 'The server could not do that.';
}

// The same, with the wait the server asks for.
export function describeWithWait(problem) {
  const wait = problem.retryAfterSeconds ? ` Try again in ${problem.retryAfterSeconds} s.` : '';
  return describeProblem(problem) + wait;
}

function headerSeconds(value) {
  const seconds = Number.parseInt(value ?? '', 10);
  return Number.isFinite(seconds) ? seconds : null;
}

// Field names are matched whatever their case; messages are joined to one text a field.
function normaliseFields(errors) {
  const fields = {};
  for (const [name, messages] of Object.entries(errors ?? {})) {
    fields[name.toLowerCase()] = [messages].flat().join(' ');
  }

  return fields;
}
