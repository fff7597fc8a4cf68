// One link over server-sent events, for where no socket can be had: it only listens. It lives once: open, then ended.
//
// A stream names its channels in its address. To follow others, another is opened from where the last one is, and takes its
// place as soon as it is there; what both bring is known to whoever follows. Read with fetch, as an EventSource tells
// neither why it was refused nor that the server is still there.

import { systemClock } from './clock.js';
import { EventReader } from './event-reader.js';
import { HubError } from './hub-protocol.js';

const openLimitMs = 15_000;
// Every person may hear it, and every stream brings it: what a link names as long as nothing else is followed.
const heardByAll = 'announcements';

export class EventLink {
  // When something last came from the server, whatever it was.
  heardAt;
  #path;
  #handlers;
  #fetch;
  #clock;
  // What every stream brings without naming it, what it names, and what a follower has asked for.
  #own = new Set();
  #named = new Set();
  #asked = new Set();
  // Where each channel is that the stream brings.
  #positions = new Map();
  #lastId = null;
  // The one that is listened to, and with it one that shall take its place.
  #stream = null;
  #streams = new Set();
  #turn = Promise.resolve();
  #isOpen = false;
  #hasEnded = false;

  constructor(path, handlers, { fetch = (...request) => globalThis.fetch(...request), clock = systemClock } = {}) {
    this.#path = path;
    this.#handlers = handlers;
    this.#fetch = fetch;
    this.#clock = clock;
    this.heardAt = clock.now();
  }

  async open() {
    try {
      const connected = await this.#listen([heardByAll], null);
      this.#own = new Set(this.#positions.keys());
      this.#isOpen = true;
      this.#handlers.onOpen();
      this.#handlers.onFrames([connected]);
    } catch {
      this.#end();
    }
  }

  // One after the other: each goes on from the stream of the one before.
  subscribe(requests) {
    const answers = this.#turn.then(() => this.#follow(requests));
    this.#turn = answers.catch(() => {
      // Its own caller hears of it.
    });
    return answers;
  }

  async unsubscribe(channels) {
    channels.forEach((channel) => this.#forget(channel));
  }

  invoke() {
    return Promise.reject(new HubError(null, 'This link only listens.'));
  }

  close() {
    this.#end();
  }

  async #follow(requests) {
    const channels = requests.map(({ channel }) => channel);
    const isAnew = channels.some((channel) => this.#asked.has(channel));
    if (isAnew || channels.some((channel) => !this.#own.has(channel) && !this.#named.has(channel))) {
      await this.#listenAlsoTo(channels, isAnew);
    }

    channels.forEach((channel) => this.#asked.add(channel));
    return requests.map((request) => this.#answerTo(request));
  }

  #forget(channel) {
    this.#named.delete(channel);
    this.#asked.delete(channel);
  }

  // What is asked for once more has lost something, if only text: a stream without an id tells all that runs from its
  // beginning. Of other channels it may have left out events, and they hear of that.
  async #listenAlsoTo(channels, isAnew) {
    const before = new Map(this.#positions);
    const more = channels.filter((channel) => !this.#own.has(channel));
    const named = new Set([...this.#named, ...more]);
    await this.#listen(named.size > 0 ? [...named] : [heardByAll], isAnew ? null : this.#lastId);
    more.forEach((channel) => this.#named.add(channel));
    for (const [channel, { epoch, offset }] of isAnew ? before : []) {
      const now = this.#positions.get(channel);
      if (now && !channels.includes(channel) && (now.epoch !== epoch || now.offset !== offset)) {
        this.#handlers.onFrames([{ type: 'gap', channel, from: offset + 1, to: now.offset, reason: 'history-ended' }]);
      }
    }
  }

  #answerTo({ channel, epoch, offset }) {
    const now = this.#positions.get(channel);
    return now
      ? { channel, ...now, recovered: now.epoch === epoch && now.offset === offset, events: [] }
      : { channel, error: 'unavailable' };
  }

  // Completes with the greeting of a stream that has taken the former one's place.
  #listen(channels, lastId) {
    const query = new URLSearchParams(channels.map((channel) => ['channel', channel]));
    if (lastId !== null) {
      query.set('lastEventId', lastId);
    }

    const stream = new AbortController();
    this.#streams.add(stream);
    const cancelLimit = this.#clock.after(openLimitMs, () => stream.abort());
    return new Promise((resolve, reject) => {
      const greeted = (connected) => {
        cancelLimit();
        const former = this.#stream;
        this.#stream = stream;
        former?.abort();
        this.#positions = new Map(connected.positions.map(({ channel, epoch, offset }) => [channel, { epoch, offset }]));
        resolve(connected);
      };
      this.#read(`${this.#path}?${query}`, stream, greeted)
        .catch((error) => reject(error instanceof HubError ? error : new HubError(null, 'The stream could not be opened.')))
        .finally(() => {
          cancelLimit();
          this.#streams.delete(stream);
          if (stream === this.#stream) {
            this.#end();
          }
        });
    });
  }

  // Rejects when the stream could not be opened, and when it ends.
  async #read(address, stream, greeted) {
    const response = await this.#fetch(address, { headers: { accept: 'text/event-stream' }, signal: stream.signal });
    if (!response.ok) {
      throw await refusalOf(response);
    }

    const reader = new EventReader();
    const text = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let chunk = await text.read(); !chunk.done; chunk = await text.read()) {
      this.heardAt = this.#clock.now();
      for (const event of reader.read(chunk.value)) {
        this.#take(event, stream, greeted);
      }
    }

    throw new HubError(null, 'The stream has ended.');
  }

  #take({ id, event, data }, stream, greeted) {
    if (stream.signal.aborted) {
      return;
    }

    const frame = JSON.parse(data);
    this.#lastId = id;
    if (event === 'connected') {
      greeted(frame);
      return;
    }

    if (frame.offset !== undefined) {
      this.#positions.set(frame.channel, { epoch: frame.epoch, offset: frame.offset });
    } else if (event === 'unsubscribed') {
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

async function refusalOf(response) {
  try {
    const { code = null, detail } = await response.json();
    return new HubError(code, detail ?? 'Refused.');
  } catch {
    return new HubError(null, `Refused with ${response.status}.`);
  }
}
