// An open conversation on the screen: header, opening, thread, composer.

import { announce } from './announcer.js';
import { avatar } from './avatar.js';
import { ChatOpening } from './chat-opening.js';
import { Composer } from './composer.js';
import { conversationMenuButton } from './conversation-menu.js';
import { el, testId } from './dom.js';
import { menuButton } from './drawer.js';
import { icon } from './icons.js';
import { notify } from './notices.js';
import { personaCatalog } from './persona-catalog.js';
import { ScrollKeeper } from './scroll-keeper.js';
import { ThreadView } from './thread-view.js';

export class ChatView {
  element;
  #chat;
  #composer;
  #threadView;
  #keeper;
  #opening;
  #older;
  #olderWatch;
  #menuSlot = el('div', { class: 'chat__menu' });
  #onKey = (event) => this.#keyPressed(event);

  constructor(chat, personas) {
    this.#chat = chat;
    const names = personas.map((persona) => persona.name).join(', ');
    this.title = `${names} · JubileeVerse`;
    this.#composer = new Composer({
      place: chat.place, name: names, onSend: (text) => this.#send(text), onStop: () => chat.stop(),
    });
    this.#threadView = new ThreadView(chat.thread, {
      personaOf: (id) => personaCatalog.peek(id) ?? personas[0],
      resend: (key) => chat.resend(key),
      withdraw: (key) => chat.withdraw(key),
      answerAgain: (id) => chat.answerAgain(id),
      regenerate: (answer) => this.#regenerate(answer),
      showVariant: (rowKey, index) => chat.thread.showVariant(rowKey, index),
    });
    this.#opening = new ChatOpening(personas[0], (text) => this.#send(text));
    this.#older = el('button', {
      type: 'button', class: 'button button--quiet chat__older', hidden: true, on: { click: () => this.#loadOlder() },
    }, 'Earlier messages');
    this.#build(personas, names);
    this.#listen();
  }

  open() {
    this.#drawState();
    document.addEventListener('keydown', this.#onKey);
    this.#composer.takeFocus();
  }

  close() {
    document.removeEventListener('keydown', this.#onKey);
    this.#threadView.close();
    this.#keeper.close();
    this.#olderWatch.disconnect();
  }

  #build(personas, names) {
    const content = el('div', { class: 'chat__content' }, this.#older, this.#opening.element, this.#threadView.element);
    const scroller = el('div', { class: 'chat__scroll', tabindex: -1 }, content);
    const jump = el('button', {
      type: 'button', class: 'chat__jump', hidden: true, data: testId('jump'), on: { click: () => this.#keeper.jumpToEnd() },
    }, icon('down'), 'Jump to latest');
    this.#keeper = new ScrollKeeper(scroller, content, {
      // Someone who has not said anything yet begins with the portrait, not with the end.
      following: this.#chat.thread.rows().length > 0,
      onLeave: (away) => {
        jump.hidden = !away || this.#chat.thread.rows().length === 0;
      },
    });
    this.#olderWatch = new IntersectionObserver(([entry]) => entry.isIntersecting && this.#loadOlder(), {
      root: scroller, rootMargin: '200px',
    });
    this.#olderWatch.observe(this.#older);
    this.element = el('div', { class: 'chat' },
      el('header', { class: 'chat__head' },
        menuButton(),
        avatar(personas[0], 'small'),
        el('div', { class: 'chat__who' },
          el('h1', { class: 'chat__name' }, names),
          el('p', { class: 'chat__title' }, personas[0].title)),
        this.#menuSlot),
      scroller,
      el('div', { class: 'chat__foot' }, jump, this.#composer.element));
  }

  #listen() {
    const { thread } = this.#chat;
    thread.addEventListener('structure', () => this.#drawState());
    this.#chat.addEventListener('created', () => this.#composer.moveTo(this.#chat.place));
    this.#chat.addEventListener('unsent', (event) => this.#composer.prepend(event.detail));
    this.#chat.addEventListener('notice', (event) => notify(event.detail));
    this.#chat.addEventListener('finished', (event) => {
      if (event.detail.phase === 'completed') {
        announce(this.#threadView.spokenTextOf(event.detail.key));
      }
    });
  }

  #drawState() {
    const { thread, olderCursor, conversation } = this.#chat;
    this.#composer.setStoppable(thread.openAnswers().length > 0);
    this.#older.hidden = !olderCursor;
    this.#opening.element.hidden = Boolean(olderCursor);
    this.#opening.setFresh(thread.rows().length === 0);
    if (conversation && !this.#menuSlot.hasChildNodes()) {
      this.#menuSlot.append(conversationMenuButton(conversation, 'Options for this conversation'));
    }
  }

  #send(text) {
    this.#chat.send(text);
    this.#keeper.jumpToEnd();
    this.#composer.takeFocus();
  }

  async #regenerate(answer) {
    this.#composer.takeFocus();
    await this.#chat.regenerate(answer);
  }

  async #loadOlder() {
    if (this.#chat.olderCursor) {
      await this.#chat.loadOlder((change) => this.#keeper.keepingPlace(change));
      this.#drawState();
    }
  }

  #keyPressed(event) {
    // Escape belongs to whatever is open on top of the conversation first.
    const covered = document.querySelector('dialog[open], :popover-open');
    if (event.key === 'Escape' && !event.isComposing && !covered) {
      this.#chat.stop();
    }
  }
}
