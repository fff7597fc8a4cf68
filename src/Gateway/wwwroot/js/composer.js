// Where a message is written. What is typed is kept as a draft of its place until it is sent.

import { el, testId } from './dom.js';
import { draftOf, keepDraft } from './drafts.js';
import { icon } from './icons.js';

const lengthLimit = 8_000;
const counterFrom = 7_500;
const finePointer = matchMedia('(pointer: fine)');

export class Composer {
  element;
  #input;
  #send;
  #stop;
  #counter;
  #place;
  #onSend;

  constructor({ place, name, onSend, onStop }) {
    this.#place = place;
    this.#onSend = onSend;
    this.#input = el('textarea', {
      id: 'composer-input', rows: 1, placeholder: `Write to ${name}`, 'aria-describedby': 'composer-counter',
      enterkeyhint: 'send', data: testId('composer'), dir: 'auto',
      on: { input: () => this.#typed(), keydown: (event) => this.#keyPressed(event) },
    });
    this.#counter = el('p', { class: 'composer__counter', id: 'composer-counter', role: 'status' });
    this.#stop = el('button', {
      type: 'button', class: 'composer__stop', 'aria-label': 'Stop the answer', title: 'Stop (Esc)', hidden: true,
      data: testId('stop'), on: { click: () => onStop() },
    }, el('span', { class: 'composer__square' }));
    this.#send = el('button', {
      type: 'submit', class: 'composer__send', 'aria-label': 'Send', title: 'Send (Enter)', data: testId('send'),
    }, icon('send'));
    this.element = el('form', { class: 'composer', on: { submit: (event) => this.#submitted(event) } },
      el('label', { class: 'visually-hidden', for: 'composer-input' }, `Message to ${name}`),
      this.#input, this.#counter, this.#stop, this.#send);
    this.#input.value = draftOf(place);
    this.#show();
  }

  // On a phone this would open the keyboard over what there is to read.
  takeFocus() {
    if (finePointer.matches) {
      this.#input.focus();
    }
  }

  setStoppable(stoppable) {
    const hadFocus = document.activeElement === this.#stop;
    this.#stop.hidden = !stoppable;
    if (hadFocus && !stoppable) {
      this.takeFocus();
    }
  }

  // The conversation of a draft begun before it existed.
  moveTo(place) {
    keepDraft(this.#place, '');
    this.#place = place;
    keepDraft(place, this.#input.value);
  }

  // A message taken back joins what is being written, in front of it.
  prepend(text) {
    this.#input.value = [text, this.#input.value].filter(Boolean).join('\n\n');
    this.#typed();
    this.#input.focus();
  }

  #typed() {
    keepDraft(this.#place, this.#input.value);
    this.#show();
  }

  #keyPressed(event) {
    // While an input method composes, Enter chooses a candidate and must not send.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.element.requestSubmit();
    }
  }

  #submitted(event) {
    event.preventDefault();
    const content = this.#input.value.trim();
    if (content === '' || content.length > lengthLimit) {
      return;
    }

    this.#input.value = '';
    this.#typed();
    this.#onSend(content);
  }

  #show() {
    const length = this.#input.value.trim().length;
    const left = lengthLimit - length;
    this.#send.disabled = length === 0 || left < 0;
    this.#counter.textContent = length < counterFrom ? '' : left >= 0 ? `${left} left` : `${-left} too many`;
    this.#counter.classList.toggle('composer__counter--over', left < 0);
    // Browsers with field-sizing grow the field by themselves.
    if (!CSS.supports('field-sizing', 'content')) {
      this.#input.style.height = 'auto';
      this.#input.style.height = `${this.#input.scrollHeight}px`;
    }
  }
}
