// What is told to the person and not to a conversation: their list has moved, somebody has a word for them, or the
// server ends their link.

import { accountSession } from './account-session.js';
import { conversationStore } from './conversation-store.js';
import { notify } from './notices.js';
import { pageLink } from './page-link.js';

const calmMs = 300;
// A server that takes the session for requests and not for links is not asked in a circle.
const restartPauseMs = 60_000;
const ends = {
  4301: 'An administrator has closed this connection. Reload the page to come back.',
  4302: 'This account is disabled.',
};

export function startOwnChannel() {
  accountSession.addEventListener('change', followUser);
  pageLink.addEventListener('state', () => linkBecame(pageLink.state));
  document.addEventListener('visibilitychange', askAgain);
  pageLink.follow('announcements', { onFrame: tellNotice });
  followUser();
}

let following = null;
let refreshing = null;
let restartedAt = 0;

function followUser() {
  following?.close();
  following = accountSession.user && pageLink.follow(`user:${accountSession.user.id}`, {
    onFrame: (frame) => {
      tellNotice(frame);
      if (frame.type === 'conversation-updated' || frame.type === 'read') {
        refreshSoon();
      }
    },
    // The list has no position of its own: whatever comes after it was asked for is told again.
    onGap: async () => {
      await conversationStore.refresh();
      if (conversationStore.problem) {
        throw conversationStore.problem;
      }

      return null;
    },
  });
}

// Changes come in threes: a message, its title, its read mark.
function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(() => conversationStore.refresh(), calmMs);
}

function tellNotice({ type, message }) {
  if (type === 'admin-notice') {
    notify(message);
  }
}

function linkBecame(state) {
  if (state === 'never') {
    notify(ends[pageLink.closeCode] ?? 'The server ended this connection. Reload the page to go on.');
  } else if (state === 'sign-in' && !accountSession.isChanging) {
    askWhoThisIs();
  }
}

// The session may be another one by now, of a sign-in in another tab.
async function askWhoThisIs() {
  const before = accountSession.user;
  try {
    await accountSession.load();
  } catch {
    // Out of reach. The next return to this page asks again.
    return;
  }

  const isSoon = Date.now() - restartedAt < restartPauseMs;
  if (accountSession.user && accountSession.user.id === before?.id && !isSoon) {
    restartedAt = Date.now();
    pageLink.start();
  }
}

function askAgain() {
  if (document.visibilityState === 'visible' && pageLink.state === 'sign-in' && accountSession.user) {
    askWhoThisIs();
  }
}
