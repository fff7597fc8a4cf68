import { avatar } from '../shared/avatar.js';
import { el, testId } from '../shared/dom.js';
import { addressOf } from '../shared/router.js';

// The card is a link, so that it can be opened in another tab.
/** @param {Api.Persona} persona @param {boolean} featured */
export function personaCard(persona, featured) {
  return el(
    'li',
    { class: 'gallery__cell' },
    el(
      'a',
      {
        class: featured ? 'card card--featured' : 'card',
        href: addressOf.persona(persona.slug),
        data: testId('persona-card', { slug: persona.slug }),
      },
      avatar(persona, featured ? 'large' : 'medium'),
      el(
        'span',
        { class: 'card__words' },
        el('span', { class: 'card__name' }, persona.name),
        el('span', { class: 'card__title' }, persona.title),
        el('span', { class: 'card__bio' }, persona.shortBio),
      ),
    ),
  );
}
