// The page's one link to the server, for whoever is here.

import { accountSession } from './account-session.js';
import { api } from './api.js';
import { ChannelClient } from './realtime/channel-client.js';
import { EventLink } from './realtime/event-link.js';
import { HubLink, hubAddress } from './realtime/hub-link.js';

export const pageLink = new ChannelClient({
  createLink: (handlers) => new HubLink(hubAddress(), handlers),
  createOtherLink: (handlers) => new EventLink('/api/events', handlers),
  probe: whyThereIsNone,
  isHidden: () => document.visibilityState === 'hidden',
});

// Another person, or nobody: another link, as a link is its session's.
export function startPageLink() {
  const begin = () => {
    pageLink.stop();
    if (accountSession.user) {
      pageLink.start();
    }
  };

  accountSession.addEventListener('change', begin);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && pageLink.wake());
  addEventListener('online', () => pageLink.wake({ isNetworkNew: true }));
  begin();
}

async function whyThereIsNone() {
  try {
    await api.me();
    return 'here';
  } catch (problem) {
    return problem.status === 401 ? 'signed-out' : 'away';
  }
}
