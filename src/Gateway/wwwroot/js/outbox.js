// Messages sent and not yet accepted. They are written down before the first try, so a reload, a crash or a dead
// network loses none of them; the clientMessageId makes sending one twice harmless.

import { forget, recall, remember } from './storage.js';

const limit = 50;

const all = () => recall('outbox', []);
const others = (clientMessageId) => all().filter((entry) => entry.clientMessageId !== clientMessageId);

export const outbox = {
  at: (place) => all().filter((entry) => entry.place === place),

  // entry: { clientMessageId, place, content }
  put: (entry) => remember('outbox', [...others(entry.clientMessageId), entry].slice(-limit)),

  remove: (clientMessageId) => remember('outbox', others(clientMessageId)),

  clear: () => forget('outbox'),

  // A conversation made for its first message gives its place an id.
  move: (from, to) =>
    remember('outbox', all().map((entry) => (entry.place === from ? { ...entry, place: to } : entry))),
};
