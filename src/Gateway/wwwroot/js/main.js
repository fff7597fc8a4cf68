// The page's table of contents.

import { accountButton, startAccountDialog } from './account-dialog.js';
import { accountSession } from './account-session.js';
import { conversationList } from './conversation-list.js';
import { conversationStore } from './conversation-store.js';
import { closeDrawer, startDrawer } from './drawer.js';
import { icon } from './icons.js';
import { notify } from './notices.js';
import { startOwnChannel } from './own-channel.js';
import { startPageLink } from './page-link.js';
import { refreshOpenChat, showRoute } from './pages.js';
import { describeProblem } from './problem.js';
import { currentRoute, startRouting } from './router.js';
import { themeToggle } from './theme-toggle.js';

buildSidebar();
startDrawer();
startSkipLink();
startAccountDialog();
accountSession.addEventListener('change', () => conversationStore.refresh());
startRouting(showRoute);
await accountSession.load().catch((problem) => notify(describeProblem(problem)));
startOwnChannel();
startPageLink();
followAccount();
followReturns();

function buildSidebar() {
  document.getElementById('sidebar-close').append(icon('close'));
  document.getElementById('sidebar-close').addEventListener('click', closeDrawer);
  document.getElementById('new-conversation').prepend(icon('plus'));
  document.getElementById('sidebar-body').append(conversationList());
  document.getElementById('sidebar-foot').append(accountButton(), themeToggle());
}

// The fragment is the router's, so the skip link moves the focus itself.
function startSkipLink() {
  document.getElementById('skip').addEventListener('click', (event) => {
    event.preventDefault();
    document.getElementById('main').focus();
  });
}

// What is open may belong to the account that just left, or be reachable only by the one that just came. A guest
// made for a first message changes nothing that is on the screen.
function followAccount() {
  let previous = accountSession.user;
  accountSession.addEventListener('change', () => {
    const { user } = accountSession;
    const otherPerson = previous !== null && user !== null && previous.id !== user.id;
    const cameBack = previous === null && user !== null && !user.isGuest;
    if ((otherPerson || cameBack) && currentRoute().name === 'conversation') {
      showRoute(currentRoute());
    }

    previous = user;
  });
}

function followReturns() {
  const refresh = () => {
    if (document.visibilityState !== 'visible') {
      return;
    }

    refreshOpenChat();
    if (accountSession.isKnown) {
      conversationStore.refresh();
    } else {
      accountSession.load().catch(() => {
        // Still out of reach; the next return asks again.
      });
    }
  };

  document.addEventListener('visibilitychange', refresh);
  addEventListener('online', refresh);
  addEventListener('offline', () => notify('You are offline. What you write is kept.'));
}
