// A ChannelClient that follows one channel over scripted connections.

import { ChannelClient } from '../realtime/channel-client.js';
import { settle, VirtualClock } from './virtual-clock.js';

export const channel = 'conversation:c';

export class Fixture {
  clock = new VirtualClock();
  connectedAt = [];
  frames = [];
  states = [];
  kinds = [];
  canOpen = true;
  canOpenFallback = true;
  isHidden = false;
  finding = 'unreachable';
  failingChannel = null;

  constructor(handlers, { hasFallback = false } = {}) {
    const createConnection = (connectionHandlers, kind) => {
      this.connectedAt.push(this.clock.now());
      this.kinds.push(kind);
      this.connection = new ScriptedConnection(this, connectionHandlers, kind === 'primary' ? this.canOpen : this.canOpenFallback);
      return this.connection;
    };
    this.client = new ChannelClient({
      createConnection: (connectionHandlers) => createConnection(connectionHandlers, 'primary'),
      createFallbackConnection: hasFallback ? (connectionHandlers) => createConnection(connectionHandlers, 'fallback') : null,
      probe: async () => this.finding,
      isHidden: () => this.isHidden,
      clock: this.clock,
      random: () => 0.5,
    });
    this.subscription = this.client.follow(channel, {
      onFrame: (frame) => this.frames.push(frame),
      onState: (state, code) => this.states.push(code ? `${state} ${code}` : state),
      ...handlers,
    });
  }

  get offsets() {
    return this.frames.map(({ offset }) => offset);
  }

  // The server is reachable, but the primary kind of connection cannot be opened.
  static behindAProxy() {
    const fixture = new Fixture({}, { hasFallback: true });
    fixture.canOpen = false;
    fixture.finding = 'reachable';
    fixture.client.start();
    return fixture;
  }

  // A client with an open connection whose Subscribe is in flight.
  static async open(handlers) {
    const fixture = new Fixture(handlers);
    fixture.client.start();
    await settle();
    return fixture;
  }

  // A client whose Subscribe has succeeded.
  static async live(position, handlers = {}) {
    const fixture = await Fixture.open({ position, ...handlers });
    fixture.connection.respond({ recovered: true, ...position, events: [] });
    await settle();
    return fixture;
  }
}

class ScriptedConnection {
  requests = [];
  unsubscribed = [];
  #fixture;
  #handlers;
  #canOpen;
  #resolve;
  #hasEnded = false;

  constructor(fixture, handlers, canOpen) {
    this.#fixture = fixture;
    this.#handlers = handlers;
    this.#canOpen = canOpen;
    this.lastSeenAt = fixture.clock.now();
  }

  open() {
    if (this.#canOpen) {
      this.#handlers.onOpen();
    } else {
      this.#end(false);
    }
  }

  subscribe(requests) {
    if (requests.some((request) => request.channel === this.#fixture.failingChannel)) {
      return Promise.reject(Object.assign(new Error('A failure.'), { code: 'internal' }));
    }

    this.requests.push(requests);
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  async unsubscribe(channels) {
    this.unsubscribed.push(...channels);
  }

  close() {
    this.#end(true);
  }

  respond(result) {
    this.#resolve([{ channel, ...result }]);
  }

  push(...frames) {
    this.#handlers.onFrames(frames);
  }

  disconnect() {
    this.#end(true);
  }

  #end(wasOpen) {
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      this.#handlers.onEnd({ wasOpen });
    }
  }
}
