// Access to localStorage. When it is full, forbidden or unreadable, the page works without stored values.

const prefix = 'jv.';

export function readStored(key, fallback = null) {
  try {
    const stored = localStorage.getItem(prefix + key);
    return stored === null ? fallback : JSON.parse(stored);
  } catch {
    return fallback;
  }
}

export function writeStored(key, value) {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // The value is not stored; the page continues with the value in memory.
  }
}

export function removeStored(key) {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // As above.
  }
}

export function removeStoredByPrefix(keyPrefix) {
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix + keyPrefix))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // As above.
  }
}
