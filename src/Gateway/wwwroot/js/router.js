// The address decides what is open, so reload, back and shared links lead to the same place:
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

// A new conversation got its id while it is open: the address changes, the view stays.
export function renameCurrent(address) {
  history.replaceState(null, '', address);
}

export function go(address) {
  location.hash = address;
}
