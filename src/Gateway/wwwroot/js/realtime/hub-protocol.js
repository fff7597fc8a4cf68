// SignalR's JSON protocol, as much of it as a client of this hub needs. Pure.
//
// A record is a JSON text ended by 0x1E. A WebSocket message brings one or several, and may end in the middle of one.

const recordEnd = '\x1e';
const encode = (record) => JSON.stringify(record) + recordEnd;

export const recordType = Object.freeze({ invocation: 1, completion: 3, ping: 6, close: 7 });

export const handshake = encode({ protocol: 'json', version: 1 });

export const ping = encode({ type: recordType.ping });

export const invocation = (id, target, args) =>
  encode({ type: recordType.invocation, invocationId: id, target, arguments: args });

export class RecordReader {
  #rest = '';

  // Answers the records that are whole by now.
  read(text) {
    const parts = (this.#rest + text).split(recordEnd);
    this.#rest = parts.pop();
    return parts.map((part) => JSON.parse(part));
  }
}

// A refused command. `code` is one of docs/errors.md, or null where the server gave none.
export class HubError extends Error {
  constructor(code, text) {
    super(text);
    this.name = 'HubError';
    this.code = code;
  }
}

// The server writes `code: text`, and SignalR puts words of its own before that.
export function readHubError(error) {
  const match = /(?:^|HubException: )([a-z][a-z0-9-]*): (.*)$/s.exec(error);
  return match ? new HubError(match[1], match[2]) : new HubError(null, error);
}
