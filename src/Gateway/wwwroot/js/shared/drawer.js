// On narrow screens the sidebar is a drawer over the page. While it is open the page behind it is inert, so that the
// focus stays inside; Escape, the veil and any link close it.

import { el, elementById } from './dom.js';
import { icon } from './icons.js';

const shell = elementById('shell');
const main = elementById('main');
const sidebar = elementById('sidebar');
const narrow = matchMedia('(max-width: 56rem)');
/** @type {HTMLElement | null} */
let opener = null;

const isOpen = () => shell.classList.contains('shell--drawer');

export function menuButton() {
  return el('button', {
    type: 'button', class: 'icon-button menu-button', 'aria-label': 'Open conversations', 'aria-controls': 'sidebar',
    on: { click: (event) => openDrawer(event.currentTarget) },
  }, icon('menu'));
}

export function closeDrawer() {
  if (!isOpen()) {
    return;
  }

  shell.classList.remove('shell--drawer');
  applyInert();
  opener?.focus();
}

export function startDrawer() {
  elementById('veil').addEventListener('click', closeDrawer);
  // A link to the page that is already open causes no navigation, but must close the drawer too.
  sidebar.addEventListener('click', ({ target }) => target instanceof Element && target.closest('a') && closeDrawer());
  narrow.addEventListener('change', closeDrawer);
  narrow.addEventListener('change', applyInert);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOpen() && !document.querySelector('dialog[open]')) {
      event.stopImmediatePropagation();
      closeDrawer();
    }
  });
  applyInert();
}

/** @param {HTMLElement} from */
function openDrawer(from) {
  opener = from;
  shell.classList.add('shell--drawer');
  applyInert();
  /** @type {HTMLElement | null} */ (sidebar.querySelector('a, button'))?.focus();
}

// A closed drawer is off screen and must not take the focus.
function applyInert() {
  main.inert = isOpen();
  sidebar.inert = narrow.matches && !isOpen();
}
