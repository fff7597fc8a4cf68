// Follows one channel: delivers each durable frame once and in order, even if frames are lost, duplicated or late.
//
//   waiting      there is no connection, or the backoff before the next Subscribe has not passed
//   subscribing  Subscribe is in flight. Frames may overtake its result, so they are buffered until it arrives
//   reloading    the server could not replay what was missed: the resource is read again over HTTP, frames are buffered
//   live         frames are delivered as they arrive
//   ended        the server refused or ended the subscription
//
// A frame that reveals a gap makes the follower subscribe again from its position. This module does not know the transport.

import { backoffDelayMs } from '../shared/backoff.js';
import { classifyFrame, isDurable, reaches } from './channel-position.js';
import { reconnectPlan } from './close-codes.js';

// More frames than a connection brings while a Subscribe is in flight. Beyond it, subscribing again is cheaper than buffering.
const bufferLimit = 5_000;
// The pause between two Subscribes after which the next one needs no backoff.
const calmMs = 10_000;
const transientErrors = new Set(['unavailable', 'internal', 'rate-limited']);

/** @typedef {{ requestSubscribe(follower: ChannelFollower): void, clock: Realtime.Clock, random: () => number }} Client */

export class ChannelFollower {
  name;
  /** @type {Realtime.FollowerState} */ state = 'waiting';
  position;
  #handlers;
  #client;
  /** @type {Realtime.ChannelFrame[]} */ #buffer = [];
  // Grows with every Subscribe and every disconnect, so that a reload can tell whether it is still the current one.
  #generation = 0;
  #isReloading = false;
  #attempt = 0;
  #lastSubscribeAt = -Infinity;
  #cancelTimer = () => {};

  // handlers, of which only onFrame is required:
  //   onFrame(frame)        the next frame of the channel
  //   onGap()               reads the resource again; resolves to its { epoch, offset }, or to null when HTTP has none
  //   replies()             the reply texts received so far: [{ replyId, run, textOffset }]
  //   onState(state, code)  every new state; for `ended` with the error or close code
  // client: requestSubscribe(follower), clock, random
  /** @param {string} name @param {Realtime.FollowOptions} options @param {Client} client */
  constructor(name, { position = null, ...handlers }, client) {
    this.name = name;
    this.position = position;
    this.#handlers = handlers;
    this.#client = client;
  }

  // Returns the Subscribe request for the server; from now on frames are buffered.
  /** @returns {Realtime.SubscribeRequest} */
  createRequest() {
    this.#generation += 1;
    this.#buffer = [];
    if (this.#isCalm()) {
      this.#attempt = 0;
    }

    this.#lastSubscribeAt = this.#client.clock.now();
    this.#setState('subscribing');
    return { channel: this.name, ...this.position, replies: this.#handlers.replies?.() ?? [] };
  }

  // During a reload there is no position to subscribe from; the end of the reload subscribes.
  onConnected() {
    if (this.state === 'waiting' && !this.#isReloading) {
      this.#client.requestSubscribe(this);
    }
  }

  onDisconnected() {
    this.#generation += 1;
    this.#buffer = [];
    this.#cancelTimer();
    if (this.state !== 'ended') {
      this.#setState('waiting');
    }
  }

  /** @param {Realtime.SubscribeResult} result */
  onSubscribeResult(result) {
    if (this.state !== 'subscribing') {
      return;
    }

    if (result.error !== undefined && result.error !== null) {
      this.#onSubscribeFailed(result.error);
    } else if (result.recovered && result.events.every((event) => this.#applyDurable(event)) && reaches(this.position, result)) {
      this.#goLive();
    } else {
      this.#reload({ epoch: result.epoch, offset: result.offset });
    }
  }

  /** @param {Realtime.ChannelFrame} frame */
  receive(frame) {
    if (this.state === 'live') {
      this.#apply(frame);
    } else if (this.state === 'subscribing' || this.state === 'reloading') {
      this.#bufferFrame(frame);
    }
  }

  // Called when text is missing. Subscribes again from the position; after a recent Subscribe only with backoff, so that
  // a server that never closes the gap is not asked in a tight loop.
  resync() {
    if (this.state !== 'live') {
      return;
    }

    if (this.#isCalm()) {
      this.#setState('waiting');
      this.#client.requestSubscribe(this);
    } else {
      this.#subscribeWithBackoff();
    }
  }

  close() {
    this.#generation += 1;
    this.#cancelTimer();
    this.state = 'ended';
    this.#buffer = [];
  }

  /** @param {string} code */
  #onSubscribeFailed(code) {
    if (transientErrors.has(code)) {
      this.#subscribeWithBackoff();
    } else {
      this.#setState('ended', code);
    }
  }

  /** @param {Realtime.ChannelFrame} frame */
  #apply(frame) {
    if (frame.type === 'gap') {
      // Without a position the server's result requires a reload, and says from which position frames continue.
      this.position = null;
      this.resync();
    } else if (frame.type === 'unsubscribed') {
      this.#onUnsubscribed(frame.code);
    } else if (!isDurable(frame)) {
      this.#deliver(frame);
    } else if (!this.#applyDurable(frame)) {
      this.resync();
    }
  }

  // Returns false when frames are missing before this one.
  /** @param {Realtime.DurableFrame} frame */
  #applyDurable(frame) {
    const kind = classifyFrame(frame, this.position);
    if (kind === 'next') {
      this.position = { epoch: frame.epoch, offset: frame.offset };
      this.#deliver(frame);
    }

    return kind !== 'gap';
  }

  // An exception of the handler must not stop the frames that follow.
  /** @param {Realtime.ChannelFrame} frame */
  #deliver(frame) {
    try {
      this.#handlers.onFrame(frame);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  /** @param {number} code */
  #onUnsubscribed(code) {
    const plan = reconnectPlan(code, 0, this.#client.random);
    if (plan.kind === 'after') {
      this.#subscribeWithBackoff();
    } else {
      this.#setState('ended', code);
    }
  }

  /** @param {Realtime.ChannelFrame} frame */
  #bufferFrame(frame) {
    this.#buffer.push(frame);
    if (this.#buffer.length > bufferLimit) {
      // The dropped frame shows as a gap, which makes the follower subscribe again.
      this.#buffer.shift();
    }
  }

  #goLive() {
    this.#setState('live');
    const buffered = this.#buffer;
    this.#buffer = [];
    for (const frame of buffered) {
      // A frame may end the `live` state; receive() then treats the frames after it by the new state.
      this.receive(frame);
    }
  }

  /** @param {Realtime.Position} floor */
  async #reload(floor) {
    const generation = this.#generation;
    this.#setState('reloading');
    this.#isReloading = true;
    const isLoaded = await this.#loadWithRetries(generation, floor);
    this.#isReloading = false;
    if (this.state === 'ended') {
      return;
    }

    if (isLoaded && generation === this.#generation && reaches(this.position, floor)) {
      this.#goLive();
    } else {
      // The connection broke meanwhile, or the loaded state is older than the position that the server reported.
      this.#setState('waiting');
      this.#client.requestSubscribe(this);
    }
  }

  // Returns false when the connection broke before a load succeeded; the position is then unchanged.
  /** @param {number} generation @param {Realtime.Position} floor */
  async #loadWithRetries(generation, floor) {
    for (let attempt = 0; generation === this.#generation; attempt += 1) {
      try {
        this.position = await this.#handlers.onGap?.() ?? floor;
        return true;
      } catch {
        const delayMs = backoffDelayMs(attempt, { random: this.#client.random });
        await new Promise((/** @type {(value: void) => void} */ resolve) => {
          this.#client.clock.after(delayMs, resolve);
        });
      }
    }

    return false;
  }

  #isCalm() {
    return this.#client.clock.now() - this.#lastSubscribeAt > calmMs;
  }

  #subscribeWithBackoff() {
    const delayMs = backoffDelayMs(this.#attempt, { random: this.#client.random });
    this.#attempt += 1;
    this.#setState('waiting');
    this.#cancelTimer();
    this.#cancelTimer = this.#client.clock.after(delayMs, () => this.onConnected());
  }

  /** @param {Realtime.FollowerState} state @param {string | number | null} code */
  #setState(state, code = null) {
    if (this.state !== state) {
      this.state = state;
      this.#handlers.onState?.(state, code);
    }
  }
}
