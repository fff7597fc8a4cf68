// A persona's portrait. A portrait that cannot be loaded is replaced by the initial of the name.

import { el } from './dom.js';

const tints = 6;

/** @param {Api.Persona | null} persona @param {'small' | 'medium' | 'large' | 'portrait'} size */
export function avatar(persona, size) {
  const frame = el('span', { class: `avatar avatar--${size}`, 'aria-hidden': 'true', data: { tint: tintOf(persona) } });
  const initial = () => frame.replaceChildren(el('span', { class: 'avatar__initial' }, persona?.name?.[0] ?? '·'));
  if (persona?.avatarUrl) {
    frame.append(el('img', { src: persona.avatarUrl, alt: '', decoding: 'async', on: { error: initial } }));
  } else {
    initial();
  }

  return frame;
}

// The tint is derived from the slug, so that a persona has the same tint everywhere.
/** @param {Api.Persona | null} persona */
function tintOf(persona) {
  let sum = 0;
  for (const character of persona?.slug ?? '') {
    sum = (sum * 31 + Number(character.codePointAt(0))) % 997;
  }

  return sum % tints;
}
