// When a lost link is tried again: soon and with jitter, when the server wants it, or now and then.

import { backoffDelayMs } from '../backoff.js';

const blockedDelayMs = 60_000;

export class Comeback {
  #act;
  #isHidden;
  #clock;
  #random;
  #attempt = 0;
  #notBefore = 0;
  // One link of too many. Coming back unseen would push out another, which would come back as well.
  #isLimited = false;
  #isDue = false;
  #cancelWait = () => {};

  // act() tries again. isHidden() is true while nobody looks.
  constructor(act, { isHidden, clock, random }) {
    this.#act = act;
    this.#isHidden = isHidden;
    this.#clock = clock;
    this.#random = random;
  }

  // The last link did not break because of how it was opened.
  forgetFailures() {
    this.#attempt = 0;
  }

  soon() {
    this.#notBefore = 0;
    this.#isLimited = false;
    this.#wait(backoffDelayMs(this.#attempt, { random: this.#random }));
    this.#attempt += 1;
  }

  afterTheServers(delayMs, { isLimited }) {
    this.#notBefore = this.#clock.now() + delayMs;
    this.#isLimited = isLimited;
    this.#wait(delayMs);
  }

  nowAndThen() {
    this.#notBefore = 0;
    this.#isLimited = false;
    this.#wait(blockedDelayMs / 2 + (this.#random() * blockedDelayMs) / 2);
  }

  // Somebody looks again, or the network is back: no reason to wait longer than the server wants.
  hurry() {
    if (this.#isDue) {
      this.#wait(Math.max(0, this.#notBefore - this.#clock.now()));
    }
  }

  cancel() {
    this.#isDue = false;
    this.#cancelWait();
  }

  #wait(delayMs) {
    this.#cancelWait();
    this.#isDue = true;
    this.#cancelWait = this.#clock.after(delayMs, () => this.#tryNow());
  }

  #tryNow() {
    if (this.#isLimited && this.#isHidden()) {
      // Until it is looked at: hurry() finds it.
      return;
    }

    this.#isDue = false;
    this.#act();
  }
}
