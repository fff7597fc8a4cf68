// Schedules the next attempt to connect: with backoff and jitter, after the server's delay, or at intervals while blocked.

import { backoffDelayMs } from '../shared/backoff.js';

const blockedDelayMs = 60_000;

export class ReconnectTimer {
  #connect;
  #isHidden;
  #clock;
  #random;
  #attempt = 0;
  #notBefore = 0;
  // The server closed this connection because its limit was exceeded. Reconnecting in the background would make the server
  // close another connection, whose client would reconnect as well.
  #isOverLimit = false;
  #isScheduled = false;
  #cancelTimer = () => {};

  // connect() starts an attempt. isHidden() is true while the page is in the background.
  /** @param {() => void} connect @param {{ isHidden: () => boolean, clock: Realtime.Clock, random: () => number }} options */
  constructor(connect, { isHidden, clock, random }) {
    this.#connect = connect;
    this.#isHidden = isHidden;
    this.#clock = clock;
    this.#random = random;
  }

  resetBackoff() {
    this.#attempt = 0;
  }

  scheduleWithBackoff() {
    this.#notBefore = 0;
    this.#isOverLimit = false;
    this.#schedule(backoffDelayMs(this.#attempt, { random: this.#random }));
    this.#attempt += 1;
  }

  /** @param {number} delayMs @param {{ isOverLimit: boolean }} options */
  scheduleAfterServerDelay(delayMs, { isOverLimit }) {
    this.#notBefore = this.#clock.now() + delayMs;
    this.#isOverLimit = isOverLimit;
    this.#schedule(delayMs);
  }

  scheduleWhileBlocked() {
    this.#notBefore = 0;
    this.#isOverLimit = false;
    this.#schedule(blockedDelayMs / 2 + (this.#random() * blockedDelayMs) / 2);
  }

  // The page is visible again or the network is back: a scheduled attempt starts as soon as the server's delay allows.
  expedite() {
    if (this.#isScheduled) {
      this.#schedule(Math.max(0, this.#notBefore - this.#clock.now()));
    }
  }

  cancel() {
    this.#isScheduled = false;
    this.#cancelTimer();
  }

  /** @param {number} delayMs */
  #schedule(delayMs) {
    this.#cancelTimer();
    this.#isScheduled = true;
    this.#cancelTimer = this.#clock.after(delayMs, () => this.#onDue());
  }

  #onDue() {
    if (this.#isOverLimit && this.#isHidden()) {
      // The attempt stays scheduled until the page is visible and expedite() is called.
      return;
    }

    this.#isScheduled = false;
    this.#connect();
  }
}
