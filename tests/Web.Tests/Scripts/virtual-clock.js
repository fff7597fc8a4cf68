// A clock that advances only when a test advances it. Timers run in the order of their due time.

/** @typedef {{ at: number, order: number, action: (() => void) | null }} Timer */

/** @implements {Realtime.Clock} */
export class VirtualClock {
  #now = 1_000_000;
  /** @type {Timer[]} */ #timers = [];
  #count = 0;

  now() {
    return this.#now;
  }

  /** @param {number} delayMs @param {() => void} action */
  after(delayMs, action) {
    /** @type {Timer} */
    const timer = { at: this.#now + Math.max(0, delayMs), order: (this.#count += 1), action };
    this.#timers.push(timer);
    return () => {
      timer.action = null;
    };
  }

  // Simulates a sleeping machine: time passes, but no timer runs.
  /** @param {number} durationMs */
  sleep(durationMs) {
    this.#now += durationMs;
  }

  /** @param {number} durationMs */
  async run(durationMs) {
    const end = this.#now + durationMs;
    await settle();
    for (let timer = this.#takeNextDue(end); timer; timer = this.#takeNextDue(end)) {
      this.#now = Math.max(this.#now, timer.at);
      timer.action?.();
      await settle();
    }

    this.#now = Math.max(this.#now, end);
  }

  /** @param {number} end @returns {Timer | undefined} */
  #takeNextDue(end) {
    const due = this.#timers.filter((timer) => timer.action !== null && timer.at <= end);
    due.sort((a, b) => a.at - b.at || a.order - b.order);
    this.#timers = this.#timers.filter((timer) => timer.action !== null && timer !== due[0]);
    return due[0];
  }
}

// Runs all pending promise callbacks.
export async function settle() {
  for (let i = 0; i < 20; i += 1) {
    await null;
  }
}

// mulberry32: returns the same numbers for the same seed.
/** @param {number} seed */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
