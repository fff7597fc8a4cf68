// Shows the page of a route. The user may navigate again while a page loads, so each navigation has a number and a page
// of an older navigation is discarded.

import { openAccountDialog } from './accounts/account-dialog.js';
import { accountSession } from './accounts/account-session.js';
import { ChatView } from './chat/chat-view.js';
import { Chat } from './chat/chat.js';
import { conversationStore } from './chat/conversation-store.js';
import { GalleryView } from './chat/gallery-view.js';
import { personaCatalog, personasOf } from './chat/persona-catalog.js';
import { el } from './shared/dom.js';
import { MessagePage } from './shared/message-page.js';
import { describeProblem } from './shared/problem.js';
import { addressOf, currentRoute, replaceAddress } from './shared/router.js';

const main = document.getElementById('main');
let navigation = 0;
let page = null;
let chat = null;

export async function showRoute(route) {
  const current = (navigation += 1);
  chat?.close();
  chat = null;
  const isStale = () => current !== navigation;
  try {
    await openers[route.name](route, isStale);
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

  async persona({ slug }, isStale) {
    const persona = await personaCatalog.find(slug);
    if (!isStale()) {
      const opened = new Chat({ persona });
      await opened.load();
      showChat(opened, [persona]);
    }
  },

  async conversation({ conversationId }, isStale) {
    show(new MessagePage('Opening the conversation'));
    const opened = new Chat({ conversationId });
    try {
      await opened.load();
      const personas = await personasOf(opened.conversation);
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

function show(next) {
  page?.close();
  page = next;
  document.title = next.title;
  main.replaceChildren(next.element);
  next.open();
}

function showChat(opened, personas) {
  chat = opened;
  const isOpen = () => chat === opened;
  opened.addEventListener('created', (event) => {
    // A user who has navigated away while the conversation was created stays on the other page.
    if (isOpen()) {
      replaceAddress(addressOf.conversation(event.detail));
    }
  });
  for (const type of ['accepted', 'finished', 'arrived']) {
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

function showFailure(problem, route) {
  if (problem.status === 404 || problem.status === 401) {
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
