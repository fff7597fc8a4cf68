// A client for channels. It keeps one connection, reconnects when the connection breaks, and continues each channel at its
// last position. It is an EventTarget: `state` is dispatched when the state changes, `connected` carries that frame.
//
//   stopped     not started, or stopped
//   connecting  the first connection is being opened
//   open        the connection is open
//   lost        the connection broke; the client reconnects by itself
//   blocked     the server is reachable but no connection can be opened, as behind some proxies. The fallback connection is
//               tried, and the primary one again at intervals
//   sign-in     the server requires another session; call start() again with it
//   closed      the server does not want this client to reconnect
//
// Use:
//   const client = new ChannelClient({ createConnection: (handlers) => new HubConnection(hubAddress(), handlers) });
//   const subscription = client.follow('conversation:…', { position: { epoch, offset }, onFrame, onGap, replies });
//   client.start();

import { ChannelFollower } from './channel-follower.js';
import { systemClock } from './clock.js';
import { isOverLimit, reconnectPlan } from './close-codes.js';
import { ReconnectTimer } from './reconnect-timer.js';

const silenceMs = 60_000;
// A connection that lived this long did not break because of how it was opened, so the backoff starts over.
const stableAfterMs = 10_000;
const blockedAfterFailures = 2;
// How long the fallback connection is used before the primary one is tried again.
const fallbackMs = 10 * 60_000;
const defaultHeartbeatSeconds = 15;

export class ChannelClient extends /** @type {EventTargetClass<Realtime.ClientEvents>} */ (EventTarget) {
  /** @type {Realtime.ClientState} */ state = 'stopped';
  // The code of the last `closing` frame; null when the connection broke without one.
  /** @type {number | null} */ closeCode = null;
  #createConnection;
  #createFallbackConnection;
  #fallbackUntil = -Infinity;
  #probe;
  #clock;
  #random;
  /** @type {Map<string, ChannelFollower>} */ #followers = new Map();
  /** @type {Realtime.Connection | null} */ #connection = null;
  /** @type {Set<ChannelFollower>} */ #toSubscribe = new Set();
  /** @type {Realtime.ReconnectPlan | null} */ #reconnectPlan = null;
  #reconnectTimer;
  #openFailures = 0;
  #openedAt = 0;
  #heartbeatMs = defaultHeartbeatSeconds * 1_000;
  #cancelSilenceTimer = () => {};

  // createConnection(handlers) makes a connection that is not open yet; createFallbackConnection one of another kind, for
  // networks that block the first. probe() resolves to why none can be opened: 'reachable', 'unreachable' or 'signed-out'.
  // isHidden() is true while the page is in the background: a connection closed for exceeding the limit then stays closed.
  /** @param {Realtime.ClientOptions} options */
  constructor({
    createConnection, createFallbackConnection = null, probe = async () => 'unreachable', isHidden = () => false,
    clock = systemClock, random = Math.random,
  }) {
    super();
    this.#createConnection = createConnection;
    this.#createFallbackConnection = createFallbackConnection;
    this.#probe = probe;
    this.#clock = clock;
    this.#random = random;
    this.#reconnectTimer = new ReconnectTimer(() => this.#connect(), { isHidden, clock, random });
  }

  start() {
    if (this.state === 'stopped' || this.state === 'sign-in' || this.state === 'closed') {
      this.#reconnectTimer.resetBackoff();
      this.#resetFallback();
      this.#setState('connecting');
      this.#connect();
    }
  }

  stop() {
    this.#setState('stopped');
    this.#reconnectTimer.cancel();
    this.#dropConnection();
  }

  // For a page that returns from sleep, from another tab or from offline. With `isNetworkNew` an open connection is
  // replaced, because it cannot have survived the change of network.
  wake({ isNetworkNew = false } = {}) {
    if (isNetworkNew) {
      this.#resetFallback();
    }

    this.#reconnectTimer.expedite();
    if (this.state === 'open' && (isNetworkNew || this.#silenceMs >= 2 * this.#heartbeatMs)) {
      this.#disconnect();
    }
  }

  // ChannelFollower documents the handlers. Returns { resync(), close() }; following a channel again replaces its follower.
  /** @param {string} name @param {Realtime.FollowOptions} handlers @returns {Realtime.Subscription} */
  follow(name, handlers) {
    const client = {
      clock: this.#clock, random: this.#random,
      requestSubscribe: (/** @type {ChannelFollower} */ waiting) => this.#requestSubscribe(waiting),
    };
    const follower = new ChannelFollower(name, handlers, client);
    this.#followers.get(name)?.close();
    this.#followers.set(name, follower);
    if (this.state === 'open') {
      follower.onConnected();
    }

    return { resync: () => follower.resync(), close: () => this.#unfollow(follower) };
  }

  // Calls a method of the hub.
  /** @param {string} target @param {unknown[]} args */
  invoke(target, ...args) {
    return this.#connection ? this.#connection.invoke(target, ...args) : Promise.reject(new Error('There is no connection.'));
  }

  #unfollow(/** @type {ChannelFollower} */ follower) {
    const hadEnded = follower.state === 'ended';
    follower.close();
    if (this.#followers.get(follower.name) !== follower) {
      return;
    }

    this.#followers.delete(follower.name);
    if (this.state === 'open' && !hadEnded) {
      this.#connection?.unsubscribe([follower.name]).catch(() => {
        // A channel that stays subscribed only costs frames that no follower takes.
      });
    }
  }

  #connect() {
    this.#reconnectPlan = null;
    /** @type {Realtime.Connection | null} */ let connection = null;
    // A dropped connection may still call its handlers.
    /** @template {unknown[]} T @param {(...details: T) => void} handle @returns {(...details: T) => void} */
    const ifCurrent = (handle) => (...details) => connection === this.#connection && handle(...details);
    const create = (this.#usesFallback ? this.#createFallbackConnection : null) ?? this.#createConnection;
    connection = create({
      onOpen: ifCurrent(() => this.#onOpened()),
      onFrames: ifCurrent((frames) => this.#receive(frames)),
      onEnd: ifCurrent(({ wasOpen }) => this.#onEnded(wasOpen)),
    });
    this.#connection = connection;
    connection.open();
  }

  #onOpened() {
    this.#openedAt = this.#clock.now();
    if (!this.#usesFallback) {
      this.#openFailures = 0;
    }

    this.closeCode = null;
    this.#setState('open');
    this.#watchSilence(silenceMs);
    this.#followers.forEach((follower) => follower.onConnected());
  }

  #receive(/** @type {Realtime.Frame[]} */ frames) {
    const connection = this.#connection;
    for (const frame of frames) {
      if (connection !== this.#connection) {
        return;
      }

      if (frame.channel !== undefined) {
        this.#followers.get(frame.channel)?.receive(frame);
      } else if (frame.type === 'closing') {
        this.closeCode = frame.code;
        this.#reconnectPlan = reconnectPlan(frame.code, frame.reconnectAfterMs, this.#random);
        this.#disconnect();
      } else if (frame.type === 'connected') {
        this.#heartbeatMs = frame.heartbeatSeconds * 1_000;
        this.dispatchEvent(new CustomEvent('connected', { detail: frame }));
      }
    }
  }

  // Followers that request a subscription in the same task share one command.
  #requestSubscribe(/** @type {ChannelFollower} */ follower) {
    if (this.state !== 'open') {
      return;
    }

    if (this.#toSubscribe.size === 0) {
      queueMicrotask(() => this.#subscribeRequested());
    }

    this.#toSubscribe.add(follower);
  }

  async #subscribeRequested() {
    const followers = [...this.#toSubscribe].filter((follower) => follower.state === 'waiting');
    this.#toSubscribe.clear();
    const connection = this.#connection;
    if (connection === null || this.state !== 'open' || followers.length === 0) {
      return;
    }

    const results = await this.#subscribe(connection, followers.map((follower) => follower.createRequest()));
    // Results of a previous connection do not apply to its successor.
    if (connection === this.#connection) {
      followers.forEach((follower) => this.#deliverResult(follower, results));
    }
  }

  // When a batch fails, each request is sent alone, so that one failing channel does not block the others.
  /** @type {(connection: Realtime.Connection, requests: Realtime.SubscribeRequest[]) => Promise<Realtime.SubscribeResult[]>} */
  async #subscribe(connection, requests) {
    try {
      return await connection.subscribe(requests);
    } catch (error) {
      const { code } = /** @type {{ code?: string | null }} */ (error);
      if (requests.length === 1 || code === 'rate-limited' || connection !== this.#connection) {
        return requests.map(({ channel }) => ({ channel, error: code ?? 'unavailable' }));
      }
    }

    const results = [];
    for (const request of requests) {
      results.push(...await this.#subscribe(connection, [request]));
    }

    return results;
  }

  /** @param {ChannelFollower} follower @param {Realtime.SubscribeResult[]} results */
  #deliverResult(follower, results) {
    const result = results.find(({ channel }) => channel === follower.name);
    follower.onSubscribeResult(result ?? { error: 'unavailable' });
  }

  #onEnded(/** @type {boolean} */ wasOpen) {
    this.#dropConnection();
    if (wasOpen && this.#clock.now() - this.#openedAt >= stableAfterMs) {
      this.#reconnectTimer.resetBackoff();
    }

    if (this.#reconnectPlan) {
      this.#applyPlan(this.#reconnectPlan);
    } else if (wasOpen) {
      this.closeCode = null;
      this.#reconnectWithBackoff();
    } else {
      this.#probeServer();
    }
  }

  // The close code decides when to reconnect, or that the client must not.
  #applyPlan(/** @type {Realtime.ReconnectPlan} */ { kind, delayMs }) {
    if (kind === 'after') {
      this.#setState('lost');
      this.#reconnectTimer.scheduleAfterServerDelay(delayMs, { isOverLimit: isOverLimit(this.closeCode) });
    } else {
      this.#setState(kind);
    }
  }

  #reconnectWithBackoff() {
    this.#setState('lost');
    this.#reconnectTimer.scheduleWithBackoff();
  }

  // No connection could be opened. A browser does not report why, so the server is probed over HTTP.
  async #probeServer() {
    if (this.state === 'connecting') {
      this.#setState('lost');
    }

    const finding = await this.#probe().catch(() => 'unreachable');
    if (this.state !== 'lost' && this.state !== 'blocked') {
      return;
    }

    if (finding === 'signed-out') {
      this.#setState('sign-in');
    } else if (finding !== 'reachable') {
      this.#resetFallback();
      this.#reconnectWithBackoff();
    } else if ((this.#openFailures += 1) < blockedAfterFailures) {
      this.#reconnectWithBackoff();
    } else {
      this.#setState('blocked');
      this.#switchConnectionKind();
    }
  }

  get #usesFallback() {
    return this.#createFallbackConnection !== null && this.#clock.now() < this.#fallbackUntil;
  }

  #switchConnectionKind() {
    if (this.#createFallbackConnection === null || this.#usesFallback) {
      this.#fallbackUntil = -Infinity;
      this.#reconnectTimer.scheduleWhileBlocked();
    } else {
      this.#fallbackUntil = this.#clock.now() + fallbackMs;
      this.#connect();
    }
  }

  #resetFallback() {
    this.#fallbackUntil = -Infinity;
    this.#openFailures = 0;
  }

  #watchSilence(/** @type {number} */ delayMs) {
    this.#cancelSilenceTimer = this.#clock.after(delayMs, () => {
      if (this.#silenceMs >= silenceMs) {
        this.#disconnect();
      } else {
        this.#watchSilence(silenceMs - this.#silenceMs);
      }
    });
  }

  // Only asked while there is a connection.
  get #silenceMs() {
    return this.#clock.now() - /** @type {Realtime.Connection} */ (this.#connection).lastSeenAt;
  }

  // Ends the connection from this side; the consequences are those of a connection that broke.
  #disconnect() {
    this.#onEnded(true);
  }

  #dropConnection() {
    const connection = this.#connection;
    this.#connection = null;
    this.#cancelSilenceTimer();
    this.#toSubscribe.clear();
    connection?.close();
    this.#followers.forEach((follower) => follower.onDisconnected());
  }

  #setState(/** @type {Realtime.ClientState} */ state) {
    if (this.state !== state) {
      this.state = state;
      this.dispatchEvent(new Event('state'));
    }
  }
}
