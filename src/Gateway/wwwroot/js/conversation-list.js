// Earlier conversations, in the sidebar.

import { accountSession } from './account-session.js';
import { conversationItem } from './conversation-item.js';
import { conversationStore } from './conversation-store.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { notify } from './notices.js';
import { personaCatalog } from './persona-catalog.js';
import { describeProblem } from './problem.js';
import { currentRoute } from './router.js';

export function conversationList() {
  const list = el('ul', { class: 'conversations', role: 'list' });
  const label = el('h2', { class: 'sidebar__label', id: 'conversations-label' });
  const archive = el('button', {
    type: 'button', class: 'icon-button',
    on: { click: () => conversationStore.showArchived(!conversationStore.archived) },
  }, icon('archive'));
  const more = el('button', { type: 'button', class: 'button button--quiet', on: { click: loadMore } }, 'Show older');
  const empty = el('p', { class: 'conversations__empty' });

  const draw = () => {
    const { items, next, archived } = conversationStore;
    const open = currentRoute().conversationId;
    label.textContent = archived ? 'Archive' : 'Conversations';
    archive.setAttribute('aria-pressed', String(archived));
    archive.setAttribute('aria-label', archived ? 'Back to conversations' : 'Show the archive');
    archive.title = archive.getAttribute('aria-label');
    archive.hidden = !accountSession.user;
    keepingFocus(list, () =>
      list.replaceChildren(...items.map((conversation) => conversationItem(conversation, conversation.id === open))));
    more.hidden = !next;
    empty.hidden = items.length > 0;
    empty.textContent = emptyWords();
  };

  conversationStore.addEventListener('change', draw);
  addEventListener('hashchange', draw);
  // Portraits are known once the catalogue is; the list does not wait for it.
  personaCatalog.all().then(draw, () => {});
  draw();
  return el('nav', { class: 'sidebar__list', 'aria-labelledby': 'conversations-label' },
    el('div', { class: 'sidebar__heading' }, label, archive), list, empty, more);
}

async function loadMore() {
  await conversationStore.loadMore().catch((problem) => notify(describeProblem(problem)));
}

function emptyWords() {
  if (conversationStore.problem) {
    return `Conversations could not be loaded. ${describeProblem(conversationStore.problem)}`;
  }

  return conversationStore.archived ? 'The archive is empty.' : 'Conversations you start are kept here.';
}

// The list is drawn anew under a person who may be walking through it with the keyboard.
function keepingFocus(list, redraw) {
  const item = list.contains(document.activeElement) ? document.activeElement.closest('li') : null;
  const control = document.activeElement?.tagName;
  redraw();
  if (item) {
    const same = list.querySelector(`[data-id="${CSS.escape(item.dataset.id)}"]`) ?? list.firstElementChild;
    same?.querySelector(control === 'BUTTON' ? 'button' : 'a').focus();
  }
}
