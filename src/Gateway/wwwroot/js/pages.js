// Shows the page of a route. The user may navigate again while a page loads, so each navigation has a number and a page
// of an older navigation is discarded.

import { openAccountDialog } from './accounts/account-dialog.js';
import { accountSession } from './accounts/account-session.js';
import { ChatView } from './chat/chat-view.js';
import { Chat } from './chat/chat.js';
import { conversationStore } from './chat/conversation-store.js';
import { GalleryView } from './chat/gallery-view.js';
import { personaCatalog, personasOf } from './chat/persona-catalog.js';
import { el, elementById } from './shared/dom.js';
import { MessagePage } from './shared/message-page.js';
import { describeProblem, hasStatus } from './shared/problem.js';
import { addressOf, currentRoute, replaceAddress } from './shared/router.js';

/** @import { Route } from './shared/router.js' */

/** @typedef {{ title: string, element: HTMLElement, open(): void, close(): void }} Page */

const main = elementById('main');
let navigation = 0;
/** @type {Page | null} */
let page = null;
/** @type {Chat | null} */
let chat = null;

/** @param {Route} route */
export async function showRoute(route) {
  const current = (navigation += 1);
  chat?.close();
  chat = null;
  const isStale = () => current !== navigation;
  // The opener of a route's name takes that kind of route, which the type of an element of `openers` does not express.
  const open = /** @type {(route: Route, isStale: () => boolean) => unknown} */ (openers[route.name]);
  try {
    await open(route, isStale);
  } catch (problem) {
    if (!isStale()) {
      showFailure(problem, route);
    }
  }
}

// Reads what another device or tab has added to the open conversation.
export async function refreshOpenChat() {
  await chat?.refresh().catch(() => {
    // The channel and the next return to this tab bring what is missing.
  });
  markRead();
}

const openers = {
  gallery: () => show(new GalleryView()),

  /** @param {{ slug: string }} route @param {() => boolean} isStale */
  async persona({ slug }, isStale) {
    const persona = await personaCatalog.find(slug);
    if (!isStale()) {
      const opened = new Chat({ persona });
      await opened.load();
      showChat(opened, [persona]);
    }
  },

  /** @param {{ conversationId: string }} route @param {() => boolean} isStale */
  async conversation({ conversationId }, isStale) {
    show(new MessagePage('Opening the conversation'));
    const opened = new Chat({ conversationId });
    try {
      await opened.load();
      const personas = await personasOf(/** @type {Api.Conversation} */ (opened.conversation));
      if (!isStale()) {
        showChat(opened, personas);
        return;
      }
    } catch (problem) {
      opened.close();
      throw problem;
    }

    opened.close();
  },
};

/** @param {Page} next */
function show(next) {
  page?.close();
  page = next;
  document.title = next.title;
  main.replaceChildren(next.element);
  next.open();
}

/** @param {Chat} opened @param {Api.Persona[]} personas */
function showChat(opened, personas) {
  chat = opened;
  const isOpen = () => chat === opened;
  opened.addEventListener('created', (event) => {
    // A user who has navigated away while the conversation was created stays on the other page.
    if (isOpen()) {
      replaceAddress(addressOf.conversation(event.detail));
    }
  });
  for (const type of /** @type {const} */ (['accepted', 'finished', 'arrived'])) {
    opened.addEventListener(type, () => {
      if (isOpen()) {
        markRead();
      }

      conversationStore.refresh();
    });
  }

  opened.addEventListener('removed', () => {
    if (isOpen()) {
      showRemoved();
    }
  });
  show(new ChatView(opened, personas));
  markRead();
}

async function markRead() {
  const read = chat;
  if (read?.conversationId && document.visibilityState === 'visible') {
    await read.markRead();
    conversationStore.markRead(read.conversationId);
  }
}

function showRemoved() {
  const signIn = el('button', { type: 'button', class: 'button', on: { click: () => openAccountDialog('login') } }, 'Sign in');
  const isSignedIn = accountSession.user && !accountSession.user.isGuest;
  chat?.close();
  chat = null;
  show(new MessagePage('This conversation was deleted or belongs to another account.', homeLink(), ...(isSignedIn ? [] : [signIn])));
}

const homeLink = () => el('a', { class: 'button button--primary', href: addressOf.gallery }, 'See who is here');

/** @param {unknown} problem @param {Route} route */
function showFailure(problem, route) {
  if (hasStatus(problem, 404, 401)) {
    if (route.name === 'persona') {
      show(new MessagePage('There is no persona with this name.', homeLink()));
    } else {
      showRemoved();
    }

    return;
  }

  const retry = el('button', { type: 'button', class: 'button', on: { click: () => showRoute(currentRoute()) } }, 'Try again');
  show(new MessagePage(describeProblem(problem), retry));
}
