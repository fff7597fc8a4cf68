// A ChannelClient that follows one channel over scripted connections.

import { ChannelClient } from '../realtime/channel-client.js';
import { settle, VirtualClock } from './virtual-clock.js';

/** @typedef {'primary' | 'fallback'} Kind */
/** @typedef {{ recovered: boolean, epoch: string, offset: number, events: Realtime.DurableFrame[] } | { error: string }} Result */

export const channel = 'conversation:c';

export class Fixture {
  clock = new VirtualClock();
  /** @type {number[]} */ connectedAt = [];
  /** @type {Realtime.ChannelFrame[]} */ frames = [];
  /** @type {string[]} */ states = [];
  /** @type {Kind[]} */ kinds = [];
  canOpen = true;
  canOpenFallback = true;
  isHidden = false;
  /** @type {ScriptedConnection | null} */ #connection = null;
  /** @type {'reachable' | 'unreachable' | 'signed-out'} */ finding = 'unreachable';
  /** @type {string | null} */ failingChannel = null;

  /** @param {Partial<Realtime.FollowOptions>} handlers @param {{ hasFallback?: boolean }} options */
  constructor(handlers, { hasFallback = false } = {}) {
    /** @param {Realtime.ConnectionHandlers} connectionHandlers @param {Kind} kind */
    const createConnection = (connectionHandlers, kind) => {
      this.connectedAt.push(this.clock.now());
      this.kinds.push(kind);
      const canOpen = kind === 'primary' ? this.canOpen : this.canOpenFallback;
      this.#connection = new ScriptedConnection(this, connectionHandlers, canOpen);
      return this.#connection;
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

  // The newest connection.
  get connection() {
    return /** @type {ScriptedConnection} */ (this.#connection);
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
  /** @param {Partial<Realtime.FollowOptions>} handlers */
  static async open(handlers) {
    const fixture = new Fixture(handlers);
    fixture.client.start();
    await settle();
    return fixture;
  }

  // A client whose Subscribe has succeeded.
  /** @param {Realtime.Position} position @param {Partial<Realtime.FollowOptions>} handlers */
  static async live(position, handlers = {}) {
    const fixture = await Fixture.open({ position, ...handlers });
    fixture.connection.respond({ recovered: true, ...position, events: [] });
    await settle();
    return fixture;
  }
}

/** @implements {Realtime.Connection} */
class ScriptedConnection {
  /** @type {Realtime.SubscribeRequest[][]} */ requests = [];
  /** @type {string[]} */ unsubscribed = [];
  #fixture;
  #handlers;
  #canOpen;
  /** @type {(results: Realtime.SubscribeResult[]) => void} */ #resolve = () => {};
  #hasEnded = false;

  /** @param {Fixture} fixture @param {Realtime.ConnectionHandlers} handlers @param {boolean} canOpen */
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

  /** @param {Realtime.SubscribeRequest[]} requests @returns {Promise<Realtime.SubscribeResult[]>} */
  subscribe(requests) {
    if (requests.some((request) => request.channel === this.#fixture.failingChannel)) {
      return Promise.reject(Object.assign(new Error('A failure.'), { code: 'internal' }));
    }

    this.requests.push(requests);
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** @param {string[]} channels */
  async unsubscribe(channels) {
    this.unsubscribed.push(...channels);
  }

  close() {
    this.#end(true);
  }

  // These tests call no method of the hub.
  async invoke() {}

  /** @param {Result} result */
  respond(result) {
    this.#resolve([{ channel, ...result }]);
  }

  /** @param {Realtime.Frame[]} frames */
  push(...frames) {
    this.#handlers.onFrames(frames);
  }

  disconnect() {
    this.#end(true);
  }

  /** @param {boolean} wasOpen */
  #end(wasOpen) {
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      this.#handlers.onEnd({ wasOpen });
    }
  }
}
