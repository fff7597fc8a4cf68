// The part of SignalR's JSON protocol that a client of this hub needs. Pure.
//
// A record is a JSON text ended by 0x1E. A WebSocket message holds one or several records, and may end in the middle of one.

/**
 * @typedef {object} HubRecord
 * @property {number} [type] absent from both records of the handshake
 * @property {string} [target]
 * @property {string} [invocationId]
 * @property {unknown[]} [arguments]
 * @property {unknown} [result]
 * @property {string} [error]
 */

const recordEnd = '\x1e';
/** @param {HubRecord} record */
const encode = (record) => JSON.stringify(record) + recordEnd;

export const recordType = Object.freeze({ invocation: 1, completion: 3, ping: 6, close: 7 });

export const handshake = JSON.stringify({ protocol: 'json', version: 1 }) + recordEnd;

export const ping = encode({ type: recordType.ping });

/** @param {string} id @param {string} target @param {unknown[]} args */
export const invocation = (id, target, args) =>
  encode({ type: recordType.invocation, invocationId: id, target, arguments: args });

export class RecordReader {
  #rest = '';

  // Returns the records that this text completes.
  /** @param {string} text @returns {HubRecord[]} */
  read(text) {
    const parts = (this.#rest + text).split(recordEnd);
    this.#rest = parts.pop() ?? '';
    return parts.map((part) => JSON.parse(part));
  }
}

// A refused command. `code` is one of docs/errors.md, or null when the server sent none.
export class HubError extends Error {
  /** @param {string | null} code @param {string} text */
  constructor(code, text) {
    super(text);
    this.name = 'HubError';
    this.code = code;
  }
}

// The server writes `code: text`; SignalR puts a prefix of its own before it.
/** @param {string} error */
export function readHubError(error) {
  const match = /(?:^|HubException: )([a-z][a-z0-9-]*): (.*)$/s.exec(error);
  return match ? new HubError(match[1], match[2]) : new HubError(null, error);
}
