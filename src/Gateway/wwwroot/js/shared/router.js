// The URL fragment decides which page is open, so that reload, back and shared links lead to the same page:
//   #/  the personas     #/p/<slug>  a new conversation     #/c/<id>  an earlier one

const shapes = [
  { pattern: /^#\/c\/([\w-]+)$/, route: (conversationId) => ({ name: 'conversation', conversationId }) },
  { pattern: /^#\/p\/([\w-]+)$/, route: (slug) => ({ name: 'persona', slug }) },
];

export const addressOf = {
  gallery: '#/',
  persona: (slug) => `#/p/${slug}`,
  conversation: (conversationId) => `#/c/${conversationId}`,
};

export function currentRoute() {
  for (const { pattern, route } of shapes) {
    const match = pattern.exec(location.hash);
    if (match) {
      return route(match[1]);
    }
  }

  return { name: 'gallery' };
}

export function startRouting(show) {
  addEventListener('hashchange', () => show(currentRoute()));
  show(currentRoute());
}

// Changes the address without a navigation, for a new conversation that has received its id while it is open.
export function replaceAddress(address) {
  history.replaceState(null, '', address);
}

export function navigate(address) {
  location.hash = address;
}
