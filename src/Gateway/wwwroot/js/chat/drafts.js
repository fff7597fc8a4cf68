// Unsent text by chat key: `c/<conversation>` or, before the conversation exists, `p/<persona>`.

import { readStored, removeStored, removeStoredByPrefix, writeStored } from '../shared/storage.js';

/** @param {string} chatKey */
export const draftOf = (chatKey) => readStored(`draft.${chatKey}`, '');

/** @param {string} chatKey @param {string} text */
export function saveDraft(chatKey, text) {
  if (text === '') {
    removeStored(`draft.${chatKey}`);
  } else {
    writeStored(`draft.${chatKey}`, text);
  }
}

export const clearDrafts = () => removeStoredByPrefix('draft.');
