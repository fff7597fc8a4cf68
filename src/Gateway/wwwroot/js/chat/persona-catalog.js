// The personas, read once and found by id or slug. Retired personas of old conversations are read one by one.

import { api } from '../shared/api.js';

const pageLimit = 5;
let loading = null;
const cached = new Map();

const cache = (persona) => {
  cached.set(persona.id, persona);
  cached.set(persona.slug, persona);
  return persona;
};

async function readAll() {
  const personas = [];
  let after = null;
  for (let pages = 0; pages < pageLimit; pages += 1) {
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
  peek: (idOrSlug) => cached.get(idOrSlug) ?? null,

  async find(idOrSlug) {
    await this.all();
    return cached.get(idOrSlug) ?? cache((await api.persona(idOrSlug)).persona);
  },
};

// A conversation names its personas by id, by slug or as objects; this returns the full objects.
export async function personasOf(conversation) {
  const named = conversation.personas.map((entry) => (typeof entry === 'string' ? entry : entry.id ?? entry.slug));
  const found = await Promise.allSettled(named.map((entry) => personaCatalog.find(entry)));
  return found.filter((result) => result.status === 'fulfilled').map((result) => result.value);
}
