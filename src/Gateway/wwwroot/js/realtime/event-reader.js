// Parses an event stream, as much of the server-sent events format as our server writes: `id`, `event` and one line of
// `data`, ended by an empty line. Other fields and comments are skipped. Pure.

/** @typedef {{ id?: string, event?: string, data: string }} StreamEvent */

export class EventReader {
  #rest = '';
  /** @type {Record<string, string>} */ #event = {};

  // Returns the events that this text completes.
  /** @param {string} text @returns {StreamEvent[]} */
  read(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((line) => this.#readLine(line)).filter((event) => event !== null);
  }

  /** @param {string} line @returns {StreamEvent | null} */
  #readLine(line) {
    if (line !== '') {
      const [, field, value] = /** @type {RegExpExecArray} */ (/^([^:]*):? ?(.*)$/.exec(line));
      this.#event[field] = value;
      return null;
    }

    const event = this.#event;
    this.#event = {};
    return event.data === undefined ? null : { ...event, data: event.data };
  }
}
