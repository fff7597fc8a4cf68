// Follows the channels of the user instead of a conversation: changes of the conversation list, notices of administrators,
// and the end of the connection by the server.

import { conversationStore } from '../chat/conversation-store.js';
import { pageConnection } from '../realtime/page-connection.js';
import { closeCodes } from '../shared/contract.js';
import { notify } from '../shared/notices.js';
import { accountSession } from './account-session.js';

const refreshDelayMs = 300;
// If the server accepts the session for requests but not for connections, reconnecting at once would loop.
const restartPauseMs = 60_000;
/** @type {Record<number, string>} */
const closeMessages = {
  [closeCodes.kicked]: 'An administrator has closed this connection. Reload the page to come back.',
  [closeCodes.banned]: 'This account is disabled.',
};

export function startUserChannel() {
  accountSession.addEventListener('change', followUser);
  pageConnection.addEventListener('state', () => onConnectionState(pageConnection.state));
  document.addEventListener('visibilitychange', onVisibilityChange);
  pageConnection.follow('announcements', { onFrame: showAdminNotice });
  followUser();
}

/** @type {Realtime.Subscription | null} */
let subscription = null;
/** @type {number | undefined} */
let refreshTimer;
let restartedAt = 0;

function followUser() {
  subscription?.close();
  subscription = accountSession.user && pageConnection.follow(`user:${accountSession.user.id}`, {
    onFrame: (frame) => {
      showAdminNotice(frame);
      if (frame.type === 'conversation-updated' || frame.type === 'read') {
        refreshSoon();
      }
    },
    // The list has no channel position: every change after the read also arrives as a frame.
    onGap: async () => {
      await conversationStore.refresh();
      if (conversationStore.problem) {
        throw conversationStore.problem;
      }

      return null;
    },
  });
}

// One refresh covers several changes, because a message, its title and its read mark arrive together.
function refreshSoon() {
  clearTimeout(refreshTimer);
  refreshTimer = setTimeout(() => conversationStore.refresh(), refreshDelayMs);
}

/** @param {Realtime.ChannelFrame} frame */
function showAdminNotice(frame) {
  if (frame.type === 'admin-notice') {
    notify(frame.message);
  }
}

/** @param {Realtime.ClientState} state */
function onConnectionState(state) {
  if (state === 'closed') {
    notify(closeMessages[pageConnection.closeCode ?? 0] ?? 'The server ended this connection. Reload the page to go on.');
  } else if (state === 'sign-in' && !accountSession.isChanging) {
    reloadSession();
  }
}

// The browser may hold another session by now, from a sign-in in another tab.
async function reloadSession() {
  const before = accountSession.user;
  try {
    await accountSession.load();
  } catch {
    // The server is unreachable; the next return to this page tries again.
    return;
  }

  const isSoon = Date.now() - restartedAt < restartPauseMs;
  if (accountSession.user && accountSession.user.id === before?.id && !isSoon) {
    restartedAt = Date.now();
    pageConnection.start();
  }
}

function onVisibilityChange() {
  if (document.visibilityState === 'visible' && pageConnection.state === 'sign-in' && accountSession.user) {
    reloadSession();
  }
}
