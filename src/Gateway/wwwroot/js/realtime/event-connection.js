// One connection over server-sent events, for networks without WebSockets; it only receives. It is used once: open, then ended.
//
// A stream names its channels in its URL. To add channels, another stream is opened from the last event id and replaces the
// former one once it is connected; followers ignore the frames that both bring. The stream is read with fetch, because an
// EventSource reports neither why it was refused nor that the server still sends heartbeats.

import { systemClock } from './clock.js';
import { EventReader } from './event-reader.js';
import { HubError } from './hub-protocol.js';

/** @import { StreamEvent } from './event-reader.js' */

const openTimeoutMs = 15_000;
// A channel that every user may read and every stream carries. A stream must name one, so this is named when no other is.
const defaultChannel = 'announcements';

/** @implements {Realtime.Connection} */
export class EventConnection {
  // When data last came from the server, of whatever kind.
  lastSeenAt;
  #path;
  #handlers;
  #fetch;
  #clock;
  // Channels that every stream carries without being named, that the URL names, and that a follower has subscribed to.
  /** @type {Set<string>} */ #implicit = new Set();
  /** @type {Set<string>} */ #named = new Set();
  /** @type {Set<string>} */ #subscribed = new Set();
  // The position of each channel that the stream carries.
  /** @type {Map<string, Realtime.Position>} */ #positions = new Map();
  /** @type {string | null} */ #lastId = null;
  // The stream that is read, and all streams, including one that will replace it.
  /** @type {AbortController | null} */ #stream = null;
  /** @type {Set<AbortController>} */ #streams = new Set();
  /** @type {Promise<unknown>} */ #lastSubscribe = Promise.resolve();
  #isOpen = false;
  #hasEnded = false;

  /**
   * @param {string} path
   * @param {Realtime.ConnectionHandlers} handlers
   * @param {{ fetch?: (url: string, request: RequestInit) => Promise<Response>, clock?: Realtime.Clock }} options
   */
  constructor(path, handlers, { fetch = (...request) => globalThis.fetch(...request), clock = systemClock } = {}) {
    this.#path = path;
    this.#handlers = handlers;
    this.#fetch = fetch;
    this.#clock = clock;
    this.lastSeenAt = clock.now();
  }

  async open() {
    try {
      const connected = await this.#openStream([defaultChannel], null);
      this.#implicit = new Set(this.#positions.keys());
      this.#isOpen = true;
      this.#handlers.onOpen();
      this.#handlers.onFrames([connected]);
    } catch {
      this.#end();
    }
  }

  // Calls run one after the other, because each continues from the stream of the one before.
  /** @param {Realtime.SubscribeRequest[]} requests */
  subscribe(requests) {
    const results = this.#lastSubscribe.then(() => this.#subscribe(requests));
    this.#lastSubscribe = results.catch(() => {
      // The caller of subscribe() receives the error.
    });
    return results;
  }

  /** @param {string[]} channels */
  async unsubscribe(channels) {
    channels.forEach((channel) => this.#forget(channel));
  }

  invoke() {
    return Promise.reject(new HubError(null, 'This connection only receives.'));
  }

  close() {
    this.#end();
  }

  /** @param {Realtime.SubscribeRequest[]} requests */
  async #subscribe(requests) {
    const channels = requests.map(({ channel }) => channel);
    const isRepeated = channels.some((channel) => this.#subscribed.has(channel));
    if (isRepeated || channels.some((channel) => !this.#implicit.has(channel) && !this.#named.has(channel))) {
      await this.#addChannels(channels, isRepeated);
    }

    channels.forEach((channel) => this.#subscribed.add(channel));
    return requests.map((request) => this.#resultFor(request));
  }

  /** @param {string} channel */
  #forget(channel) {
    this.#named.delete(channel);
    this.#subscribed.delete(channel);
  }

  // A channel that is subscribed to again has lost something, if only text: a stream without an event id sends every open
  // reply from its beginning. Such a stream may have skipped events of other channels, so their followers get a `gap` frame.
  /** @param {string[]} channels @param {boolean} isRepeated */
  async #addChannels(channels, isRepeated) {
    const before = new Map(this.#positions);
    const added = channels.filter((channel) => !this.#implicit.has(channel));
    const named = new Set([...this.#named, ...added]);
    await this.#openStream(named.size > 0 ? [...named] : [defaultChannel], isRepeated ? null : this.#lastId);
    added.forEach((channel) => this.#named.add(channel));
    for (const [channel, { epoch, offset }] of isRepeated ? before : []) {
      const now = this.#positions.get(channel);
      if (now && !channels.includes(channel) && (now.epoch !== epoch || now.offset !== offset)) {
        this.#handlers.onFrames([{ type: 'gap', channel, from: offset + 1, to: now.offset, reason: 'history-ended' }]);
      }
    }
  }

  /** @param {Realtime.SubscribeRequest} request @returns {Realtime.SubscribeResult} */
  #resultFor({ channel, epoch, offset }) {
    const now = this.#positions.get(channel);
    return now
      ? { channel, ...now, recovered: now.epoch === epoch && now.offset === offset, events: [] }
      : { channel, error: 'unavailable' };
  }

  // Resolves to the `connected` frame of a stream that has replaced the former one.
  /** @param {string[]} channels @param {string | null} lastId @returns {Promise<Realtime.Connected>} */
  #openStream(channels, lastId) {
    const query = new URLSearchParams(channels.map((channel) => ['channel', channel]));
    if (lastId !== null) {
      query.set('lastEventId', lastId);
    }

    const stream = new AbortController();
    this.#streams.add(stream);
    const cancelTimeout = this.#clock.after(openTimeoutMs, () => stream.abort());
    return new Promise((resolve, reject) => {
      /** @param {Realtime.Connected} connected */
      const onConnected = (connected) => {
        cancelTimeout();
        const former = this.#stream;
        this.#stream = stream;
        former?.abort();
        this.#positions = new Map((connected.positions ?? []).map(({ channel, epoch, offset }) => [channel, { epoch, offset }]));
        resolve(connected);
      };
      this.#read(`${this.#path}?${query}`, stream, onConnected)
        .catch((error) => reject(error instanceof HubError ? error : new HubError(null, 'The stream could not be opened.')))
        .finally(() => {
          cancelTimeout();
          this.#streams.delete(stream);
          if (stream === this.#stream) {
            this.#end();
          }
        });
    });
  }

  // Rejects when the stream could not be opened, and when it ends.
  /** @param {string} url @param {AbortController} stream @param {(connected: Realtime.Connected) => void} onConnected */
  async #read(url, stream, onConnected) {
    const response = await this.#fetch(url, { headers: { accept: 'text/event-stream' }, signal: stream.signal });
    if (!response.ok) {
      throw await readRefusal(response);
    }

    const reader = new EventReader();
    const body = /** @type {ReadableStream<BufferSource>} */ (response.body);
    const text = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let chunk = await text.read(); !chunk.done; chunk = await text.read()) {
      this.lastSeenAt = this.#clock.now();
      for (const event of reader.read(chunk.value)) {
        this.#receive(event, stream, onConnected);
      }
    }

    throw new HubError(null, 'The stream has ended.');
  }

  /** @param {StreamEvent} event @param {AbortController} stream @param {(connected: Realtime.Connected) => void} onConnected */
  #receive({ id, data }, stream, onConnected) {
    if (stream.signal.aborted) {
      return;
    }

    /** @type {Realtime.Frame} */
    const frame = JSON.parse(data);
    this.#lastId = id ?? null;
    if (frame.type === 'connected') {
      onConnected(frame);
      return;
    }

    if (frame.offset !== undefined) {
      this.#positions.set(frame.channel, { epoch: frame.epoch, offset: frame.offset });
    } else if (frame.type === 'unsubscribed') {
      this.#forget(frame.channel);
    }

    this.#handlers.onFrames([frame]);
  }

  #end() {
    if (this.#hasEnded) {
      return;
    }

    this.#hasEnded = true;
    this.#streams.forEach((stream) => stream.abort());
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    this.#handlers.onEnd({ wasOpen });
  }
}

/** @param {Response} response */
async function readRefusal(response) {
  try {
    const { code = null, detail } = await response.json();
    return new HubError(code, detail ?? 'Refused.');
  } catch {
    return new HubError(null, `Refused with status ${response.status}.`);
  }
}
