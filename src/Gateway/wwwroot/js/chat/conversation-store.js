// The user's conversations, latest activity first, read page by page. `change` is dispatched when the list changes.

import { accountSession } from '../accounts/account-session.js';
import { api } from '../shared/api.js';
import { hasStatus } from '../shared/problem.js';

const pageSize = 30;

class ConversationStore extends /** @type {EventTargetClass<{ change: null }>} */ (EventTarget) {
  /** @type {Api.ConversationListItem[]} */ items = [];
  /** @type {string | null} */ next = null;
  archived = false;
  /** @type {unknown} */ problem = null;
  #version = 0;

  // Reads the first page again and keeps the further pages that are already loaded.
  async refresh() {
    if (!accountSession.user) {
      this.problem = null;
      this.#setItems([], null);
      return;
    }

    const version = (this.#version += 1);
    try {
      const page = await api.conversations({ archived: this.archived, limit: pageSize });
      // An older, slower response must not overwrite a newer one.
      if (version === this.#version) {
        this.problem = null;
        const fresh = new Set(page.conversations.map((conversation) => conversation.id));
        const further = this.items.slice(pageSize).filter((conversation) => !fresh.has(conversation.id));
        this.#setItems([...page.conversations, ...further], further.length > 0 ? this.next : page.next);
      }
    } catch (problem) {
      if (version !== this.#version) {
        return;
      }

      if (hasStatus(problem, 401)) {
        accountSession.expire();
        return;
      }

      this.problem = problem;
      this.#changed();
    }
  }

  async loadMore() {
    const version = this.#version;
    const page = await api.conversations({ archived: this.archived, limit: pageSize, after: this.next });
    if (version === this.#version) {
      const known = new Set(this.items.map((conversation) => conversation.id));
      const more = page.conversations.filter((conversation) => !known.has(conversation.id));
      this.#setItems([...this.items, ...more], page.next);
    }
  }

  /** @param {boolean} archived */
  showArchived(archived) {
    this.archived = archived;
    this.#setItems([], null);
    return this.refresh();
  }

  /** @param {string} conversationId @param {string} title */
  async rename(conversationId, title) {
    await api.updateConversation(conversationId, { title });
    this.#updateItem(conversationId, (conversation) => ({ ...conversation, title }));
  }

  /** @param {string} conversationId @param {boolean} archived */
  async setArchived(conversationId, archived) {
    await api.updateConversation(conversationId, { archived });
    this.#removeItem(conversationId);
  }

  /** @param {string} conversationId */
  async remove(conversationId) {
    await api.deleteConversation(conversationId);
    this.#removeItem(conversationId);
  }

  // Clears the unread count in the list; the open conversation reports the read position to the server.
  /** @param {string} conversationId */
  markRead(conversationId) {
    this.#updateItem(conversationId, (conversation) => ({ ...conversation, unread: 0 }));
  }

  /** @param {string} conversationId */
  #removeItem(conversationId) {
    this.#version += 1;
    this.#setItems(this.items.filter((conversation) => conversation.id !== conversationId), this.next);
  }

  /** @param {string} conversationId @param {(conversation: Api.ConversationListItem) => Api.ConversationListItem} change */
  #updateItem(conversationId, change) {
    this.#setItems(
      this.items.map((conversation) => (conversation.id === conversationId ? change(conversation) : conversation)),
      this.next,
    );
  }

  /** @param {Api.ConversationListItem[]} items @param {string | null} next */
  #setItems(items, next) {
    this.items = items;
    this.next = next;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

export const conversationStore = new ConversationStore();
