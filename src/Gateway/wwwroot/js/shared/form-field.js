// A labelled input with its hint and error message below, associated for screen readers.

import { el } from './dom.js';

export class FormField {
  element;
  input;
  #fault;

  /** @param {{ name: string, label: string, hint?: string | null, [attribute: string]: unknown }} options */
  constructor({ name, label, hint = null, ...attributes }) {
    const id = `field-${name}`;
    this.#fault = el('p', { class: 'field__fault', id: `${id}-fault`, hidden: true });
    this.input = el('input', {
      id, name, 'aria-describedby': hint ? `${id}-hint ${id}-fault` : `${id}-fault`, ...attributes,
      on: { input: () => this.showFault(null) },
    });
    this.element = el('div', { class: 'field' },
      el('label', { for: id }, label),
      this.input,
      hint && el('p', { class: 'field__hint', id: `${id}-hint` }, hint),
      this.#fault);
  }

  get value() {
    return this.input.value;
  }

  /** @param {string | null} text */
  showFault(text) {
    this.#fault.textContent = text ?? '';
    this.#fault.hidden = !text;
    this.input.toggleAttribute('aria-invalid', Boolean(text));
  }
}
