// Just enough to say what was expected.

export function equal(actual, expected, what) {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== should) {
    throw new Error(`${what}: is ${is}, should be ${should}`);
  }
}

// Null when the scenario holds, else what does not.
export async function outcomeOf(scenario) {
  try {
    await scenario();
    return null;
  } catch (fault) {
    return fault.stack;
  }
}
