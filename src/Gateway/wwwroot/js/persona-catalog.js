// The personas, read once and found by id or slug. Retired ones, still named by old conversations, are read singly.

import { api } from './api.js';

const pageLimit = 5;
let loading = null;
const known = new Map();

const keep = (persona) => {
  known.set(persona.id, persona);
  known.set(persona.slug, persona);
  return persona;
};

async function readAll() {
  const personas = [];
  let after = null;
  for (let page = 0; page < pageLimit; page += 1) {
    const answer = await api.personas({ limit: 100, after });
    personas.push(...answer.personas.map(keep));
    after = answer.next;
    if (!after) {
      break;
    }
  }

  // A stable sort: within both groups the server's order stays.
  return personas.sort((a, b) => Number(b.isFeatured) - Number(a.isFeatured));
}

export const personaCatalog = {
  all() {
    loading ??= readAll().catch((problem) => {
      loading = null;
      throw problem;
    });
    return loading;
  },

  // What is known now, without waiting.
  peek: (idOrSlug) => known.get(idOrSlug) ?? null,

  async find(idOrSlug) {
    await this.all();
    return known.get(idOrSlug) ?? keep((await api.persona(idOrSlug)).persona);
  },
};

// A conversation names its personas by id, by slug or whole; the page always wants them whole.
export async function personasOf(conversation) {
  const named = conversation.personas.map((entry) => (typeof entry === 'string' ? entry : entry.id ?? entry.slug));
  const found = await Promise.allSettled(named.map((entry) => personaCatalog.find(entry)));
  return found.filter((result) => result.status === 'fulfilled').map((result) => result.value);
}
