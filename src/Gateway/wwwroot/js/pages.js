// Shows the page a route asks for. Loading takes time and the person may go on meanwhile, so each navigation has
// a number and a page that comes late is dropped.

import { openAccountDialog } from './account-dialog.js';
import { accountSession } from './account-session.js';
import { Chat } from './chat.js';
import { ChatView } from './chat-view.js';
import { conversationStore } from './conversation-store.js';
import { el } from './dom.js';
import { GalleryView } from './gallery-view.js';
import { MessagePage } from './message-page.js';
import { personaCatalog, personasOf } from './persona-catalog.js';
import { describeProblem } from './problem.js';
import { addressOf, currentRoute, renameCurrent } from './router.js';

const main = document.getElementById('main');
let navigation = 0;
let page = null;
let chat = null;

export async function showRoute(route) {
  const mine = (navigation += 1);
  chat?.close();
  chat = null;
  const isLate = () => mine !== navigation;
  try {
    await openers[route.name](route, isLate);
  } catch (problem) {
    if (!isLate()) {
      showFailure(problem, route);
    }
  }
}

// Another device or tab may have gone on in the conversation that is open here.
export async function refreshOpenChat() {
  await chat?.refresh().catch(() => {
    // The streams and the next return to this tab try again.
  });
  markRead();
}

const openers = {
  gallery: () => show(new GalleryView()),

  async persona({ slug }, isLate) {
    const persona = await personaCatalog.find(slug);
    if (!isLate()) {
      const opened = new Chat({ persona });
      await opened.load();
      showChat(opened, [persona]);
    }
  },

  async conversation({ conversationId }, isLate) {
    show(new MessagePage('Opening the conversation'));
    const opened = new Chat({ conversationId });
    try {
      await opened.load();
      const personas = await personasOf(opened.conversation);
      if (!isLate()) {
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
    // Someone who went elsewhere while it was being made stays there.
    if (isOpen()) {
      renameCurrent(addressOf.conversation(event.detail));
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

  opened.addEventListener('gone', () => {
    if (isOpen()) {
      showGone();
    }
  });
  show(new ChatView(opened, personas));
  markRead();
}

async function markRead() {
  const read = chat;
  if (read?.conversationId && document.visibilityState === 'visible') {
    await read.markRead();
    conversationStore.seen(read.conversationId);
  }
}

function showGone() {
  const signIn = el('button', { type: 'button', class: 'button', on: { click: () => openAccountDialog('login') } }, 'Sign in');
  const isMine = accountSession.user && !accountSession.user.isGuest;
  chat?.close();
  chat = null;
  show(new MessagePage('This conversation is gone, or belongs to another account.', homeLink(), ...(isMine ? [] : [signIn])));
}

const homeLink = () => el('a', { class: 'button button--primary', href: addressOf.gallery }, 'See who is here');

function showFailure(problem, route) {
  if (problem.status === 404 || problem.status === 401) {
    if (route.name === 'persona') {
      show(new MessagePage('Nobody goes by that name here.', homeLink()));
    } else {
      showGone();
    }

    return;
  }

  const again = el('button', { type: 'button', class: 'button', on: { click: () => showRoute(currentRoute()) } }, 'Try again');
  show(new MessagePage(describeProblem(problem), again));
}
