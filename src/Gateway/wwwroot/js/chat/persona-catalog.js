// The personas, read once and found by id or slug. Retired personas of old conversations are read one by one.

import { api } from '../shared/api.js';

const pageLimit = 5;
/** @type {Promise<Api.Persona[]> | null} */
let loading = null;
/** @type {Map<string, Api.Persona>} */
const cached = new Map();

/** @param {Api.Persona} persona */
const cache = (persona) => {
  cached.set(persona.id, persona);
  cached.set(persona.slug, persona);
  return persona;
};

async function readAll() {
  /** @type {Api.Persona[]} */
  const personas = [];
  /** @type {string | null} */
  let after = null;
  for (let pages = 0; pages < pageLimit; pages += 1) {
    /** @type {Api.PersonasResponse} */
    const page = await api.personas({ limit: 100, after });
    personas.push(...page.personas.map(cache));
    after = page.next;
    if (!after) {
      break;
    }
  }

  // The sort is stable: within both groups the server's order remains.
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

  // Returns a cached persona without waiting, or null.
  /** @param {string} idOrSlug */
  peek: (idOrSlug) => cached.get(idOrSlug) ?? null,

  /** @param {string} idOrSlug */
  async find(idOrSlug) {
    await this.all();
    return cached.get(idOrSlug) ?? cache((await api.persona(idOrSlug)).persona);
  },
};

// A conversation names its personas by id. A persona that cannot be read is left out.
/** @param {Api.Conversation} conversation */
export async function personasOf(conversation) {
  const found = await Promise.allSettled(conversation.personas.map((id) => personaCatalog.find(id)));
  return found.filter((result) => result.status === 'fulfilled').map((result) => result.value);
}
