// What a screen reader is told: finished answers and notices, each once and whole, never a stream of fragments.

const region = document.getElementById('announcer');

export function announce(text) {
  // The same text twice in a row is news as well, which an unchanged region would not tell.
  region.replaceChildren();
  requestAnimationFrame(() => region.replaceChildren(text));
}
