// The list of the user's conversations, in the sidebar.

import { accountSession } from '../accounts/account-session.js';
import { el } from '../shared/dom.js';
import { icon } from '../shared/icons.js';
import { notify } from '../shared/notices.js';
import { describeProblem } from '../shared/problem.js';
import { currentRoute } from '../shared/router.js';
import { conversationItem } from './conversation-item.js';
import { conversationStore } from './conversation-store.js';
import { personaCatalog } from './persona-catalog.js';

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
    archive.title = archived ? 'Back to conversations' : 'Show the archive';
    archive.setAttribute('aria-label', archive.title);
    archive.hidden = !accountSession.user;
    preservingFocus(list, () =>
      list.replaceChildren(...items.map((conversation) => conversationItem(conversation, conversation.id === open))));
    more.hidden = !next;
    empty.hidden = items.length > 0;
    empty.textContent = emptyText();
  };

  conversationStore.addEventListener('change', draw);
  addEventListener('hashchange', draw);
  // Portraits need the persona catalog; the list is drawn without it first.
  personaCatalog.all().then(draw, () => {});
  draw();
  return el('nav', { class: 'sidebar__list', 'aria-labelledby': 'conversations-label' },
    el('div', { class: 'sidebar__heading' }, label, archive), list, empty, more);
}

async function loadMore() {
  await conversationStore.loadMore().catch((problem) => notify(describeProblem(problem)));
}

function emptyText() {
  if (conversationStore.problem) {
    return `Conversations could not be loaded. ${describeProblem(conversationStore.problem)}`;
  }

  return conversationStore.archived ? 'The archive is empty.' : 'Conversations you start are kept here.';
}

// Redraws the list and restores the focus, because a keyboard user may be inside the list.
/** @param {HTMLElement} list @param {() => void} redraw */
function preservingFocus(list, redraw) {
  const item = list.contains(document.activeElement) ? document.activeElement?.closest('li') : null;
  const control = document.activeElement?.tagName;
  redraw();
  if (item) {
    const sameItem = list.querySelector(`[data-id="${CSS.escape(item.dataset.id ?? '')}"]`) ?? list.firstElementChild;
    sameItem?.querySelector(control === 'BUTTON' ? 'button' : 'a')?.focus();
  }
}
