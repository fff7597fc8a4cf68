// The URL fragment decides which page is open, so that reload, back and shared links lead to the same page:
//   #/  the personas     #/p/<slug>  a new conversation     #/c/<id>  an earlier one

/**
 * @typedef {{ name: 'gallery', slug?: undefined, conversationId?: undefined }
 *   | { name: 'persona', slug: string, conversationId?: undefined }
 *   | { name: 'conversation', slug?: undefined, conversationId: string }} Route
 */

/** @type {{ pattern: RegExp, route: (id: string) => Route }[]} */
const shapes = [
  { pattern: /^#\/c\/([\w-]+)$/, route: (conversationId) => ({ name: 'conversation', conversationId }) },
  { pattern: /^#\/p\/([\w-]+)$/, route: (slug) => ({ name: 'persona', slug }) },
];

export const addressOf = {
  gallery: '#/',
  /** @param {string} slug */
  persona: (slug) => `#/p/${slug}`,
  /** @param {string} conversationId */
  conversation: (conversationId) => `#/c/${conversationId}`,
};

/** @returns {Route} */
export function currentRoute() {
  for (const { pattern, route } of shapes) {
    const match = pattern.exec(location.hash);
    if (match) {
      return route(match[1]);
    }
  }

  return { name: 'gallery' };
}

/** @param {(route: Route) => void} show */
export function startRouting(show) {
  addEventListener('hashchange', () => show(currentRoute()));
  show(currentRoute());
}

// Changes the address without a navigation, for a new conversation that has received its id while it is open.
/** @param {string} address */
export function replaceAddress(address) {
  history.replaceState(null, '', address);
}

/** @param {string} address */
export function navigate(address) {
  location.hash = address;
}
