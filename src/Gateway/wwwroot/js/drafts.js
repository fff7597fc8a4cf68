// What was typed and not sent, by place: `c/<conversation>` or, before there is one, `p/<persona>`.

import { forget, forgetAll, recall, remember } from './storage.js';

export const draftOf = (place) => recall(`draft.${place}`, '');

export function keepDraft(place, text) {
  if (text === '') {
    forget(`draft.${place}`);
  } else {
    remember(`draft.${place}`, text);
  }
}

export const forgetDrafts = () => forgetAll('draft.');
