// A minimal assertion for the scenarios.

/** @param {unknown} actual @param {unknown} expected @param {string} what */
export function equal(actual, expected, what) {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== should) {
    throw new Error(`${what}: is ${is}, should be ${should}`);
  }
}

// Resolves to null when the scenario passes, else to the stack of its error.
/** @param {() => Promise<void>} scenario */
export async function outcomeOf(scenario) {
  try {
    await scenario();
    return null;
  } catch (error) {
    return error instanceof Error ? error.stack : String(error);
  }
}
