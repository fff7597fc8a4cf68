// The clock of the modules in this folder; tests replace it.

/** @type {Realtime.Clock} */
export const systemClock = {
  now: () => Date.now(),

  // Calls `action` after the delay. Returns a function that cancels it.
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};
