// The start page: all personas, featured first, filtered by category and search text.

import { el } from '../shared/dom.js';
import { menuButton } from '../shared/drawer.js';
import { icon } from '../shared/icons.js';
import { describeProblem } from '../shared/problem.js';
import { personaCard } from './persona-card.js';
import { personaCatalog } from './persona-catalog.js';

export class GalleryView {
  title = 'JubileeVerse';
  element;
  /** @type {Api.Persona[]} */ #personas = [];
  #category = '';
  #search;
  #chips = el('div', { class: 'chips', role: 'group', 'aria-label': 'Category' });
  #results = el('div', { class: 'gallery__results', 'aria-busy': 'true' });
  #count = el('p', { class: 'visually-hidden', role: 'status' });

  constructor() {
    this.#search = el('input', {
      type: 'search', id: 'persona-search', placeholder: 'Search by name or subject', autocomplete: 'off',
      on: { input: () => this.#draw() },
    });
    this.element = el(
      'div',
      { class: 'gallery' },
      el('div', { class: 'gallery__bar' }, menuButton()),
      el(
        'header',
        { class: 'gallery__head' },
        el('h1', {}, 'Who would you like to ', el('em', {}, 'talk with'), '?'),
        el('p', {}, 'Each has a voice and a field of their own. Choose one and say what is on your mind.'),
      ),
      el(
        'div',
        { class: 'gallery__tools', role: 'search' },
        el('label', { class: 'search', for: 'persona-search' },
          el('span', { class: 'visually-hidden' }, 'Search personas'), icon('search'), this.#search),
        this.#chips,
      ),
      this.#count,
      this.#results,
    );
  }

  async open() {
    this.#results.replaceChildren(skeleton());
    try {
      this.#personas = await personaCatalog.all();
      this.#drawChips();
      this.#draw();
    } catch (problem) {
      this.#results.replaceChildren(
        el('div', { class: 'gallery__empty' },
          el('p', {}, `The personas could not be loaded. ${describeProblem(problem)}`),
          el('button', { type: 'button', class: 'button', on: { click: () => this.open() } }, 'Try again')),
      );
    }

    this.#results.setAttribute('aria-busy', 'false');
  }

  close() {}

  #drawChips() {
    const categories = [...new Set(this.#personas.map((persona) => persona.category).filter(Boolean))];
    /** @param {string} category @param {string} label */
    const chip = (category, label) =>
      el('button', {
        type: 'button', class: 'chip', 'aria-pressed': String(category === this.#category),
        on: { click: (event) => this.#choose(category, event.currentTarget) },
      }, label);
    this.#chips.replaceChildren(chip('', 'Everyone'), ...categories.map((category) => chip(category, labelOf(category))));
  }

  /** @param {string} category @param {HTMLElement} button */
  #choose(category, button) {
    this.#category = category;
    for (const other of this.#chips.children) {
      other.setAttribute('aria-pressed', String(other === button));
    }

    this.#draw();
  }

  #draw() {
    const words = this.#search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.#personas.filter((persona) => this.#matches(persona, words));
    const isFiltered = words.length > 0 || this.#category !== '';
    this.#count.textContent = isFiltered ? `${found.length} found` : '';
    if (found.length === 0) {
      this.#results.replaceChildren(el('p', { class: 'gallery__empty' }, 'No persona matches. Try another word.'));
      return;
    }

    const featured = isFiltered ? [] : found.filter((persona) => persona.isFeatured);
    const others = found.filter((persona) => !featured.includes(persona));
    this.#results.replaceChildren(
      ...(featured.length > 0 ? [section('Good company to start with', featured, true)] : []),
      ...(others.length > 0 ? [section(isFiltered ? 'Found' : 'And everyone else', others, false)] : []),
    );
  }

  /** @param {Api.Persona} persona @param {string[]} words */
  #matches(persona, words) {
    const text = [persona.name, persona.title, persona.category, persona.shortBio].join(' ').toLowerCase();
    const isInCategory = this.#category === '' || persona.category === this.#category;
    return isInCategory && words.every((word) => text.includes(word));
  }
}

/** @param {string} label @param {Api.Persona[]} personas @param {boolean} featured */
function section(label, personas, featured) {
  return el(
    'section',
    { 'aria-label': label },
    el('h2', { class: 'gallery__label' }, label),
    el('ul', { class: featured ? 'gallery__grid gallery__grid--featured' : 'gallery__grid', role: 'list' },
      personas.map((persona) => personaCard(persona, featured))),
  );
}

function skeleton() {
  const cells = Array.from({ length: 6 }, () => el('li', { class: 'card card--ghost' }));
  return el('ul', { class: 'gallery__grid', role: 'list', 'aria-label': 'Loading' }, cells);
}

// Categories are identifiers such as `daily-life`.
/** @param {string} category */
function labelOf(category) {
  const label = category.replace(/[-_]/g, ' ');
  return label[0].toUpperCase() + label.slice(1);
}
