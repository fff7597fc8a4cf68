// The form in which a message is written. The text is stored as a draft until it is sent.

import { inputLimits } from '../shared/contract.js';
import { el, testId } from '../shared/dom.js';
import { icon } from '../shared/icons.js';
import { draftOf, saveDraft } from './drafts.js';

const lengthLimit = inputLimits.maxContentLength;
const counterFrom = lengthLimit - 500;
const finePointer = matchMedia('(pointer: fine)');

export class Composer {
  element;
  #input;
  #send;
  #stop;
  #counter;
  #chatKey;
  #onSend;

  /** @param {{ chatKey: string, name: string, onSend: (text: string) => void, onStop: () => void }} options */
  constructor({ chatKey, name, onSend, onStop }) {
    this.#chatKey = chatKey;
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
    this.#input.value = draftOf(chatKey);
    this.#show();
  }

  // Not on touch screens, where the focus would open a keyboard over the conversation.
  takeFocus() {
    if (finePointer.matches) {
      this.#input.focus();
    }
  }

  /** @param {boolean} stoppable */
  setStoppable(stoppable) {
    const hadFocus = document.activeElement === this.#stop;
    this.#stop.hidden = !stoppable;
    if (hadFocus && !stoppable) {
      this.takeFocus();
    }
  }

  // Moves the draft to the conversation that was created for it.
  /** @param {string} chatKey */
  moveTo(chatKey) {
    saveDraft(this.#chatKey, '');
    this.#chatKey = chatKey;
    saveDraft(chatKey, this.#input.value);
  }

  // Inserts a withdrawn message in front of the current text.
  /** @param {string} text */
  prepend(text) {
    this.#input.value = [text, this.#input.value].filter(Boolean).join('\n\n');
    this.#typed();
    this.#input.focus();
  }

  #typed() {
    saveDraft(this.#chatKey, this.#input.value);
    this.#show();
  }

  /** @param {KeyboardEvent} event */
  #keyPressed(event) {
    // While an input method composes, Enter chooses a candidate and must not send the message.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.element.requestSubmit();
    }
  }

  /** @param {SubmitEvent} event */
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
    const remaining = lengthLimit - length;
    this.#send.disabled = length === 0 || remaining < 0;
    this.#counter.textContent = length < counterFrom ? '' : remaining >= 0 ? `${remaining} left` : `${-remaining} too many`;
    this.#counter.classList.toggle('composer__counter--over', remaining < 0);
    // Browsers that support field-sizing grow the field by themselves.
    if (!CSS.supports('field-sizing', 'content')) {
      this.#input.style.height = 'auto';
      this.#input.style.height = `${this.#input.scrollHeight}px`;
    }
  }
}
