// Who is here. Nobody, until a first message silently makes a guest; a guest who registers keeps everything.

import { api } from './api.js';

class AccountSession extends EventTarget {
  user = null;
  // False until the server has said who this is; until then nobody may be made a guest in someone's place.
  isKnown = false;
  #guestInMaking = null;

  async load() {
    try {
      this.#become((await api.me()).user);
    } catch (problem) {
      if (problem.status !== 401) {
        throw problem;
      }

      this.#become(null);
    }
  }

  // Two first messages at once share one guest; two guests would split the conversations between them.
  async ensure() {
    if (!this.isKnown) {
      await this.load();
    }

    if (this.user) {
      return;
    }

    this.#guestInMaking ??= api.guest().finally(() => {
      this.#guestInMaking = null;
    });
    this.#become((await this.#guestInMaking).user);
  }

  async register(account) {
    this.#become((await api.register(account)).user);
  }

  async login(credentials) {
    this.#become((await api.login(credentials)).user);
  }

  async logout() {
    await api.logout();
    this.#become(null);
  }

  // The server no longer knows this session.
  expire() {
    this.#become(null);
  }

  #become(user) {
    const changed = this.user?.id !== user?.id || this.user?.isGuest !== user?.isGuest;
    this.user = user;
    this.isKnown = true;
    if (changed) {
      this.dispatchEvent(new Event('change'));
    }
  }
}

export const accountSession = new AccountSession();
