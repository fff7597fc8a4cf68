// The person's conversations, newest activity first, a page at a time. `change` says that the list moved.

import { accountSession } from './account-session.js';
import { api } from './api.js';

const pageSize = 30;

class ConversationStore extends EventTarget {
  items = [];
  next = null;
  archived = false;
  problem = null;
  #version = 0;

  // The first page again, with what is known of further pages kept behind it.
  async refresh() {
    if (!accountSession.user) {
      this.problem = null;
      this.#become([], null);
      return;
    }

    const version = (this.#version += 1);
    try {
      const page = await api.conversations({ archived: this.archived, limit: pageSize });
      // A slower, older answer must not undo a newer one.
      if (version === this.#version) {
        this.problem = null;
        const fresh = new Set(page.conversations.map((conversation) => conversation.id));
        const further = this.items.slice(pageSize).filter((conversation) => !fresh.has(conversation.id));
        this.#become([...page.conversations, ...further], further.length > 0 ? this.next : page.next);
      }
    } catch (problem) {
      if (version !== this.#version) {
        return;
      }

      if (problem.status === 401) {
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
      this.#become([...this.items, ...more], page.next);
    }
  }

  showArchived(archived) {
    this.archived = archived;
    this.#become([], null);
    return this.refresh();
  }

  async rename(conversationId, title) {
    await api.updateConversation(conversationId, { title });
    this.#replace(conversationId, (conversation) => ({ ...conversation, title }));
  }

  async setArchived(conversationId, archived) {
    await api.updateConversation(conversationId, { archived });
    this.#drop(conversationId);
  }

  async remove(conversationId) {
    await api.deleteConversation(conversationId);
    this.#drop(conversationId);
  }

  // Seen here and now; the server is told by the open conversation.
  seen(conversationId) {
    this.#replace(conversationId, (conversation) => ({ ...conversation, unread: 0 }));
  }

  #drop(conversationId) {
    this.#version += 1;
    this.#become(this.items.filter((conversation) => conversation.id !== conversationId), this.next);
  }

  #replace(conversationId, change) {
    this.#become(
      this.items.map((conversation) => (conversation.id === conversationId ? change(conversation) : conversation)),
      this.next,
    );
  }

  #become(items, next) {
    this.items = items;
    this.next = next ?? null;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

export const conversationStore = new ConversationStore();
