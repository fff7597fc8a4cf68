// Time, as the modules of this folder take it, so that a test may bring its own.

export const systemClock = {
  now: () => Date.now(),

  // Answers what takes it back.
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};
