// Who is here. Nobody, until a first message silently makes a guest; a guest who registers keeps everything.
//
//   change  another person, or nobody, or a guest who has an account now
//   ended   the server no longer knows the session of who was here, the event's detail; this page did not ask for it

import { api } from './api.js';

class AccountSession extends EventTarget {
  user = null;
  // False until the server has said who this is; until then nobody may be made a guest in someone's place.
  isKnown = false;
  // A session ends and begins here because this page asked for it.
  isChanging = false;
  #guestInMaking = null;

  async load() {
    try {
      this.#become((await api.me()).user);
    } catch (problem) {
      if (problem.status !== 401) {
        throw problem;
      }

      this.expire();
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
    await this.#change(async () => (await api.register(account)).user);
  }

  async login(credentials) {
    await this.#change(async () => (await api.login(credentials)).user);
  }

  async logout() {
    await this.#change(async () => {
      await api.logout();
      return null;
    });
  }

  // Whichever request was refused first: the person is told, once.
  expire() {
    const { user } = this;
    this.#become(null);
    if (user && !this.isChanging) {
      this.dispatchEvent(new CustomEvent('ended', { detail: user }));
    }
  }

  async #change(ask) {
    this.isChanging = true;
    try {
      this.#become(await ask());
    } finally {
      this.isChanging = false;
    }
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
