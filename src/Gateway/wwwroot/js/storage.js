// localStorage that may be full, forbidden or hold something unreadable: then the page works without memory.

const prefix = 'jv.';

export function recall(key, fallback = null) {
  try {
    const stored = localStorage.getItem(prefix + key);
    return stored === null ? fallback : JSON.parse(stored);
  } catch {
    return fallback;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // Only the memory of it is lost; what is on the screen stays.
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // As above.
  }
}

export function forgetAll(start) {
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix + start))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // As above.
  }
}
