// The entry point: starts every part of the page.

import { accountButton, startAccountDialog } from './accounts/account-dialog.js';
import { accountSession } from './accounts/account-session.js';
import { startUserChannel } from './accounts/user-channel.js';
import { conversationList } from './chat/conversation-list.js';
import { conversationStore } from './chat/conversation-store.js';
import { refreshOpenChat, showRoute } from './pages.js';
import { startPageConnection } from './realtime/page-connection.js';
import { elementById } from './shared/dom.js';
import { closeDrawer, startDrawer } from './shared/drawer.js';
import { icon } from './shared/icons.js';
import { notify } from './shared/notices.js';
import { describeProblem } from './shared/problem.js';
import { currentRoute, startRouting } from './shared/router.js';
import { themeToggle } from './shared/theme-toggle.js';

buildSidebar();
startDrawer();
startSkipLink();
startAccountDialog();
accountSession.addEventListener('change', () => conversationStore.refresh());
startRouting(showRoute);
await accountSession.load().catch((problem) => notify(describeProblem(problem)));
startUserChannel();
startPageConnection();
reloadOnAccountChange();
refreshOnReturn();

function buildSidebar() {
  elementById('sidebar-close').append(icon('close'));
  elementById('sidebar-close').addEventListener('click', closeDrawer);
  elementById('new-conversation').prepend(icon('plus'));
  elementById('sidebar-body').append(conversationList());
  elementById('sidebar-foot').append(accountButton(), themeToggle());
}

// The router uses the URL fragment, so the skip link moves the focus by script.
function startSkipLink() {
  elementById('skip').addEventListener('click', (event) => {
    event.preventDefault();
    elementById('main').focus();
  });
}

// Reloads the open conversation when the account changes, because its access may have changed. A guest created for a first
// message changes nothing on the screen.
function reloadOnAccountChange() {
  let previous = accountSession.user;
  accountSession.addEventListener('change', () => {
    const { user } = accountSession;
    const isOtherUser = previous !== null && user !== null && previous.id !== user.id;
    const hasSignedIn = previous === null && user !== null && !user.isGuest;
    if ((isOtherUser || hasSignedIn) && currentRoute().name === 'conversation') {
      showRoute(currentRoute());
    }

    previous = user;
  });
}

function refreshOnReturn() {
  const refresh = () => {
    if (document.visibilityState !== 'visible') {
      return;
    }

    refreshOpenChat();
    if (accountSession.isKnown) {
      conversationStore.refresh();
    } else {
      accountSession.load().catch(() => {
        // The server is unreachable; the next return tries again.
      });
    }
  };

  document.addEventListener('visibilitychange', refresh);
  addEventListener('online', refresh);
  addEventListener('offline', () => notify('You are offline. What you write is kept.'));
}
