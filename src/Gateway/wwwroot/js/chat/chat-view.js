// Shows an open conversation: header, opening, thread, composer.

import { announce } from '../shared/announcer.js';
import { avatar } from '../shared/avatar.js';
import { el, testId } from '../shared/dom.js';
import { menuButton } from '../shared/drawer.js';
import { icon } from '../shared/icons.js';
import { notify } from '../shared/notices.js';
import { AutoScroll } from './auto-scroll.js';
import { ChatOpening } from './chat-opening.js';
import { Composer } from './composer.js';
import { conversationMenuButton } from './conversation-menu.js';
import { personaCatalog } from './persona-catalog.js';
import { ThreadView } from './thread-view.js';

/** @import { ReplyState } from '../replies/reply-state.js' */
/** @import { Chat } from './chat.js' */

export class ChatView {
  element;
  #chat;
  #composer;
  #threadView;
  #autoScroll;
  #opening;
  #olderButton;
  #olderObserver;
  #menuSlot = el('div', { class: 'chat__menu' });
  #onKey = (/** @type {KeyboardEvent} */ event) => this.#keyPressed(event);

  /** @param {Chat} chat @param {Api.Persona[]} personas */
  constructor(chat, personas) {
    this.#chat = chat;
    const names = personas.map((persona) => persona.name).join(', ');
    this.title = `${names} · JubileeVerse`;
    this.#composer = new Composer({
      chatKey: chat.chatKey, name: names, onSend: (text) => this.#send(text), onStop: () => chat.stop(),
    });
    this.#threadView = new ThreadView(chat.thread, {
      personaOf: (id) => personaCatalog.peek(id ?? '') ?? personas[0],
      resend: (key) => chat.resend(key),
      withdraw: (key) => chat.withdraw(key),
      requestReply: (id) => chat.requestReply(id),
      regenerate: (reply) => this.#regenerate(reply),
      showVariant: (rowKey, index) => chat.thread.showVariant(rowKey, index),
    });
    this.#opening = new ChatOpening(personas[0], (text) => this.#send(text));
    this.#olderButton = el('button', {
      type: 'button', class: 'button button--quiet chat__older', hidden: true, on: { click: () => this.#loadOlder() },
    }, 'Earlier messages');
    const content = el('div', { class: 'chat__content' }, this.#olderButton, this.#opening.element, this.#threadView.element);
    const scroller = el('div', { class: 'chat__scroll', tabindex: -1 }, content);
    const jump = el('button', {
      type: 'button', class: 'chat__jump', hidden: true, data: testId('jump'), on: { click: () => this.#autoScroll.jumpToEnd() },
    }, icon('down'), 'Jump to latest');
    this.#autoScroll = this.#followEnd(scroller, content, jump);
    this.#olderObserver = this.#observeOlderButton(scroller);
    this.element = el('div', { class: 'chat' },
      this.#head(personas[0], names), scroller, el('div', { class: 'chat__foot' }, jump, this.#composer.element));
    this.#addListeners();
  }

  open() {
    this.#updateState();
    document.addEventListener('keydown', this.#onKey);
    this.#composer.takeFocus();
  }

  close() {
    document.removeEventListener('keydown', this.#onKey);
    this.#threadView.close();
    this.#autoScroll.close();
    this.#olderObserver.disconnect();
  }

  /** @param {HTMLElement} scroller @param {HTMLElement} content @param {HTMLElement} jump */
  #followEnd(scroller, content, jump) {
    return new AutoScroll(scroller, content, {
      // A new conversation starts at the persona's portrait, not at the end.
      following: this.#chat.thread.rows().length > 0,
      onEndLeft: (hasLeft) => {
        jump.hidden = !hasLeft || this.#chat.thread.rows().length === 0;
      },
    });
  }

  #observeOlderButton(/** @type {HTMLElement} */ scroller) {
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && this.#loadOlder(), {
      root: scroller, rootMargin: '200px',
    });
    observer.observe(this.#olderButton);
    return observer;
  }

  /** @param {Api.Persona} persona @param {string} names */
  #head(persona, names) {
    return el('header', { class: 'chat__head' },
      menuButton(),
      avatar(persona, 'small'),
      el('div', { class: 'chat__who' },
        el('h1', { class: 'chat__name' }, names),
        el('p', { class: 'chat__title' }, persona.title)),
      this.#menuSlot);
  }

  #addListeners() {
    const { thread } = this.#chat;
    thread.addEventListener('structure', () => this.#updateState());
    this.#chat.addEventListener('created', () => this.#composer.moveTo(this.#chat.chatKey));
    this.#chat.addEventListener('withdrawn', (event) => this.#composer.prepend(event.detail));
    this.#chat.addEventListener('notice', (event) => notify(event.detail));
    this.#chat.addEventListener('finished', (event) => {
      if (event.detail.phase === 'completed') {
        announce(this.#threadView.spokenTextOf(event.detail.key));
      }
    });
  }

  #updateState() {
    const { thread, olderCursor, conversation } = this.#chat;
    this.#composer.setStoppable(thread.openReplies().length > 0);
    this.#olderButton.hidden = !olderCursor;
    this.#opening.element.hidden = Boolean(olderCursor);
    this.#opening.setIsNew(thread.rows().length === 0);
    if (conversation && !this.#menuSlot.hasChildNodes()) {
      this.#menuSlot.append(conversationMenuButton(conversation, 'Options for this conversation'));
    }
  }

  /** @param {string} text */
  #send(text) {
    this.#chat.send(text);
    this.#autoScroll.jumpToEnd();
    this.#composer.takeFocus();
  }

  /** @param {ReplyState} reply */
  async #regenerate(reply) {
    this.#composer.takeFocus();
    await this.#chat.regenerate(reply);
  }

  async #loadOlder() {
    if (this.#chat.olderCursor) {
      await this.#chat.loadOlder((change) => this.#autoScroll.preservePosition(change));
      this.#updateState();
    }
  }

  /** @param {KeyboardEvent} event */
  #keyPressed(event) {
    // A dialog or popover on top of the conversation handles Escape first.
    const isCovered = document.querySelector('dialog[open], :popover-open');
    if (event.key === 'Escape' && !event.isComposing && !isCovered) {
      this.#chat.stop();
    }
  }
}
