// The current user. Null until the first message creates a guest; a guest who registers keeps all conversations.
//
//   change  the user is another one or null, or a guest has registered
//   ended   the session of the user (the event's detail) has ended on the server, not at the request of this page

import { api } from '../shared/api.js';
import { hasStatus } from '../shared/problem.js';

class AccountSession extends /** @type {EventTargetClass<{ change: null, ended: Api.User }>} */ (EventTarget) {
  /** @type {Api.User | null} */ user = null;
  // False until the server has returned the current user; until then no guest may be created, because a session may exist.
  isKnown = false;
  // True while this page signs in, registers or signs out, so that the end of the old session is expected.
  isChanging = false;
  /** @type {Promise<{ user: Api.User }> | null} */ #pendingGuest = null;

  async load() {
    try {
      this.#setUser((await api.me()).user);
    } catch (problem) {
      if (!hasStatus(problem, 401)) {
        throw problem;
      }

      this.expire();
    }
  }

  // Concurrent first messages share one guest, because two guests would split the conversations between them.
  async ensureUser() {
    if (!this.isKnown) {
      await this.load();
    }

    if (this.user) {
      return;
    }

    this.#pendingGuest ??= api.guest().finally(() => {
      this.#pendingGuest = null;
    });
    this.#setUser((await this.#pendingGuest).user);
  }

  /** @param {Api.Registration} account */
  async register(account) {
    await this.#change(async () => (await api.register(account)).user);
  }

  /** @param {Api.Credentials} credentials */
  async login(credentials) {
    await this.#change(async () => (await api.login(credentials)).user);
  }

  async logout() {
    await this.#change(async () => {
      await api.logout();
      return null;
    });
  }

  // Called by every request that is refused with 401; only the first call dispatches `ended`.
  expire() {
    const { user } = this;
    this.#setUser(null);
    if (user && !this.isChanging) {
      this.dispatchEvent(new CustomEvent('ended', { detail: user }));
    }
  }

  /** @param {() => Promise<Api.User | null>} request */
  async #change(request) {
    this.isChanging = true;
    try {
      this.#setUser(await request());
    } finally {
      this.isChanging = false;
    }
  }

  /** @param {Api.User | null} user */
  #setUser(user) {
    const changed = this.user?.id !== user?.id || this.user?.isGuest !== user?.isGuest;
    this.user = user;
    this.isKnown = true;
    if (changed) {
      this.dispatchEvent(new Event('change'));
    }
  }
}

export const accountSession = new AccountSession();
