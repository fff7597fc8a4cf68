// The page's single connection to the server, for the current user.

import { accountSession } from '../accounts/account-session.js';
import { api } from '../shared/api.js';
import { hasStatus } from '../shared/problem.js';
import { ChannelClient } from './channel-client.js';
import { EventConnection } from './event-connection.js';
import { HubConnection, hubAddress } from './hub-connection.js';

export const pageConnection = new ChannelClient({
  createConnection: (handlers) => new HubConnection(hubAddress(), handlers),
  createFallbackConnection: (handlers) => new EventConnection('/api/events', handlers),
  probe: probeServer,
  isHidden: () => document.visibilityState === 'hidden',
});

// A connection belongs to one session, so every change of the user restarts it.
export function startPageConnection() {
  const restart = () => {
    pageConnection.stop();
    if (accountSession.user) {
      pageConnection.start();
    }
  };

  accountSession.addEventListener('change', restart);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && pageConnection.wake());
  addEventListener('online', () => pageConnection.wake({ isNetworkNew: true }));
  restart();
}

async function probeServer() {
  try {
    await api.me();
    return 'reachable';
  } catch (problem) {
    return hasStatus(problem, 401) ? 'signed-out' : 'unreachable';
  }
}
