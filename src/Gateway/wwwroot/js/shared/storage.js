// Access to localStorage. When it is full, forbidden or unreadable, the page works without stored values.

const prefix = 'jv.';

/**
 * @template T
 * @param {string} key
 * @param {T} fallback
 * @returns {T}
 */
export function readStored(key, fallback) {
  try {
    const stored = localStorage.getItem(prefix + key);
    return stored === null ? fallback : JSON.parse(stored);
  } catch {
    return fallback;
  }
}

/** @param {string} key @param {unknown} value */
export function writeStored(key, value) {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // The value is not stored; the page continues with the value in memory.
  }
}

/** @param {string} key */
export function removeStored(key) {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // As above.
  }
}

/** @param {string} keyPrefix */
export function removeStoredByPrefix(keyPrefix) {
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix + keyPrefix))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // As above.
  }
}
