// Messages that the server has not accepted yet. They are stored before the first attempt, so that a reload, a crash or a
// network failure loses none of them; the clientMessageId makes a repeated post idempotent.

import { readStored, removeStored, writeStored } from '../shared/storage.js';

/**
 * @typedef {object} Entry
 * @property {string} clientMessageId
 * @property {string} place the chat key, under the name that browsers have stored
 * @property {string} content
 */

const limit = 50;

const all = () => readStored('outbox', /** @type {Entry[]} */ ([]));
/** @param {string} clientMessageId */
const others = (clientMessageId) => all().filter((entry) => entry.clientMessageId !== clientMessageId);

export const outbox = {
  /** @param {string} chatKey */
  entriesOf: (chatKey) => all().filter((entry) => entry.place === chatKey),

  /** @param {Entry} entry */
  put: (entry) => writeStored('outbox', [...others(entry.clientMessageId), entry].slice(-limit)),

  /** @param {string} clientMessageId */
  remove: (clientMessageId) => writeStored('outbox', others(clientMessageId)),

  clear: () => removeStored('outbox'),

  // Moves messages to the conversation that was created for the first of them.
  /** @param {string} from @param {string} to */
  move: (from, to) =>
    writeStored('outbox', all().map((entry) => (entry.place === from ? { ...entry, place: to } : entry))),
};
