// The start of a conversation: the persona's portrait, greeting and conversation starters.

import { avatar } from '../shared/avatar.js';
import { el, testId } from '../shared/dom.js';
import { icon } from '../shared/icons.js';

export class ChatOpening {
  element;
  #starters;

  /** @param {Api.Persona} persona @param {(text: string) => void} onStart */
  constructor(persona, onStart) {
    /** @param {string} text */
    const start = (text) =>
      el('li', {}, el('button', {
        type: 'button', class: 'starter', data: testId('starter'), on: { click: () => onStart(text) },
      }, el('span', {}, text), icon('arrow')));
    this.#starters = el('ul', { class: 'starters', role: 'list', 'aria-label': 'Ways to begin' },
      persona.conversationStarters.map(start));
    this.element = el('section', { class: 'opening', 'aria-label': `About ${persona.name}` },
      avatar(persona, 'portrait'),
      el('h2', { class: 'opening__name' }, persona.name),
      el('p', { class: 'opening__title' }, persona.title),
      persona.greeting && el('p', { class: 'opening__greeting' }, persona.greeting),
      this.#starters);
  }

  /** @param {boolean} isNew */
  setIsNew(isNew) {
    this.#starters.hidden = !isNew;
  }
}
