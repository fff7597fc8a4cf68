// The menu with Rename, Archive and Delete, a popover that the list and the open conversation use.

import { askText, confirmAction } from '../shared/ask-dialog.js';
import { inputLimits } from '../shared/contract.js';
import { el } from '../shared/dom.js';
import { icon } from '../shared/icons.js';
import { notify } from '../shared/notices.js';
import { describeProblem } from '../shared/problem.js';
import { addressOf, currentRoute, navigate } from '../shared/router.js';
import { conversationStore } from './conversation-store.js';

/** @param {Api.Conversation} conversation @param {string} label */
export function conversationMenuButton(conversation, label) {
  return el('button', {
    type: 'button', class: 'icon-button', 'aria-label': label, 'aria-haspopup': 'true', data: { testid: 'conversation-menu' },
    on: { click: (event) => openMenu(conversation, event.currentTarget) },
  }, icon('more'));
}

/** @param {Api.Conversation} conversation @param {HTMLButtonElement} button */
function openMenu(conversation, button) {
  /** @param {string} label @param {() => Promise<void>} action */
  const entry = (label, action, className = '') =>
    el('button', { type: 'button', class: `menu__entry ${className}`, on: { click: () => choose(action) } }, label);
  const menu = el('div', { class: 'menu', popover: 'auto' },
    entry('Rename', () => rename(conversation)),
    entry(conversation.archived ? 'Take out of the archive' : 'Archive', () => archive(conversation)),
    entry('Delete', () => remove(conversation), 'menu__entry--danger'));

  /** @param {() => Promise<void>} action */
  const choose = (action) => {
    menu.hidePopover();
    action().catch((problem) => notify(describeProblem(problem)));
  };

  menu.addEventListener('toggle', (event) => {
    if (event.newState === 'closed') {
      menu.remove();
      button.focus();
    }
  });
  document.body.append(menu);
  menu.showPopover();
  placeUnder(menu, button);
  menu.querySelector('button')?.focus();
}

/** @param {HTMLElement} menu @param {HTMLElement} button */
function placeUnder(menu, button) {
  const { bottom, top, right } = button.getBoundingClientRect();
  const fitsBelow = bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.top = `${fitsBelow ? bottom + 4 : top - menu.offsetHeight - 4}px`;
  menu.style.left = `${Math.max(8, right - menu.offsetWidth)}px`;
}

/** @param {Api.Conversation} conversation */
async function rename(conversation) {
  const title = await askText({
    title: 'Rename conversation', label: 'Title', value: conversation.title ?? '', action: 'Rename', maxLength: inputLimits.maxTitleLength,
  });
  if (title) {
    await conversationStore.rename(conversation.id, title);
  }
}

/** @param {Api.Conversation} conversation */
async function archive(conversation) {
  await conversationStore.setArchived(conversation.id, !conversation.archived);
  notify(conversation.archived ? 'Back among your conversations.' : 'Moved to the archive.');
}

/** @param {Api.Conversation} conversation */
async function remove(conversation) {
  const isConfirmed = await confirmAction({
    title: 'Delete this conversation?',
    text: 'All its messages go with it. This cannot be undone.',
    action: 'Delete',
  });
  if (isConfirmed) {
    await conversationStore.remove(conversation.id);
    if (currentRoute().conversationId === conversation.id) {
      navigate(addressOf.gallery);
    }
  }
}
