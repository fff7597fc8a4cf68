// Time that passes only when it is told to, in the order of what was planned.

export class VirtualClock {
  #now = 1_000_000;
  #plans = [];
  #count = 0;

  now() {
    return this.#now;
  }

  after(delayMs, act) {
    const plan = { at: this.#now + Math.max(0, delayMs), order: (this.#count += 1), act };
    this.#plans.push(plan);
    return () => {
      plan.act = null;
    };
  }

  // As a machine sleeps: time has passed, and nothing that was planned for it was done.
  sleep(durationMs) {
    this.#now += durationMs;
  }

  async run(durationMs) {
    const end = this.#now + durationMs;
    await settle();
    for (let plan = this.#next(end); plan; plan = this.#next(end)) {
      this.#now = Math.max(this.#now, plan.at);
      plan.act?.();
      await settle();
    }

    this.#now = Math.max(this.#now, end);
  }

  #next(end) {
    const due = this.#plans.filter((plan) => plan.act !== null && plan.at <= end);
    due.sort((a, b) => a.at - b.at || a.order - b.order);
    this.#plans = this.#plans.filter((plan) => plan.act !== null && plan !== due[0]);
    return due[0];
  }
}

// Lets every promise that can go on do so.
export async function settle() {
  for (let turn = 0; turn < 20; turn += 1) {
    await null;
  }
}

// mulberry32: the same numbers for the same seed.
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
