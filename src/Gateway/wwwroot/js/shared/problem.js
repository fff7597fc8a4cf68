// A refused or failed request, from problem+json (RFC 9457), and its description for the user.

export class ApiProblem extends Error {
  /**
   * @param {{
   *   status?: number, code?: string | null, detail?: string | null, title?: string | null, fields?: Record<string, string>,
   *   retryAfterSeconds?: number | null,
   * }} problem
   */
  constructor({ status = 0, code = null, detail = null, title = null, fields = {}, retryAfterSeconds = null }) {
    super(detail ?? title ?? code ?? 'The request failed.');
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.detail = detail ?? title;
    this.fields = fields;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  // True when the network or a proxy failed, so that it is unknown whether the server handled the request.
  get isTransient() {
    return this.status === 0 || this.status === 502 || this.status === 504;
  }

  get isOverload() {
    return this.status === 429 || this.status === 503;
  }
}

/** @param {Response} response */
export async function readProblem(response) {
  const body = /** @type {Api.Problem} */ (await response.json().catch(() => ({})));
  return new ApiProblem({
    status: response.status,
    code: body.code ?? null,
    detail: body.detail ?? null,
    title: body.title ?? null,
    fields: normaliseFields(body.errors),
    retryAfterSeconds: body.retryAfterSeconds ?? headerSeconds(response.headers.get('Retry-After')),
  });
}

// Whether the server has responded with one of these statuses; 0 when it could not be reached.
/** @param {unknown} problem @param {number[]} statuses */
export const hasStatus = (problem, ...statuses) => problem instanceof ApiProblem && statuses.includes(problem.status);

/** @param {unknown} problem */
export function describeProblem(problem) {
  if (!(problem instanceof ApiProblem)) {
    return 'Something went wrong on this page.';
  }

  if (problem.status === 0) {
    return 'The server cannot be reached.';
  }

  if (problem.isOverload) {
    return problem.detail ?? (problem.status === 429 ? 'Too many requests in a short time.' : 'The server is busy just now.');
  }

  return problem.detail ?? 'The server could not do that.';
}

// The same, with the delay that the server requires.
/** @param {unknown} problem */
export function describeWithWait(problem) {
  const seconds = problem instanceof ApiProblem ? problem.retryAfterSeconds : null;
  const wait = seconds ? ` Try again in ${seconds} s.` : '';
  return describeProblem(problem) + wait;
}

/** @param {string | null} value */
function headerSeconds(value) {
  const seconds = Number.parseInt(value ?? '', 10);
  return Number.isFinite(seconds) ? seconds : null;
}

// Field names become lower case; the messages of a field are joined into one text.
/** @param {Api.Problem['errors']} errors */
function normaliseFields(errors) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const [name, messages] of Object.entries(errors ?? {})) {
    fields[name.toLowerCase()] = [messages].flat().join(' ');
  }

  return fields;
}
