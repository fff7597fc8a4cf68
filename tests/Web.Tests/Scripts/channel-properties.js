// Property: whatever frames a connection loses, duplicates or reorders, and wherever it breaks, the client rebuilds the
// server's state.

import { ChannelClient } from '../realtime/channel-client.js';
import { mergeDelta, mergeSnapshot, mergeStarted, emptyReplyText } from '../replies/reply-text.js';
import { channel, ModelServer } from './model-server.js';
import { seeded, VirtualClock } from './virtual-clock.js';

/** @typedef {{ gaps: number, reloads: number, connections: number, events: number }} Counters */
/** @import { ReplyText } from '../replies/reply-text.js' */

const stepsPerRun = 150;

// Returns the faults, each with its seed, and counters of what happened, because a run without gaps or reconnects proves
// nothing.
/** @param {number} firstSeed @param {number} runs */
export async function checkRebuiltEqualsStored(firstSeed, runs) {
  /** @type {string[]} */
  const faults = [];
  const seen = { gaps: 0, reloads: 0, connections: 0, events: 0 };
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    faults.push(...(await runOnce(seed, seen)).map((fault) => `seed ${seed}: ${fault}`));
  }

  return { faults: faults.slice(0, 5), seen };
}

/** @param {number} seed @param {Counters} seen */
async function runOnce(seed, seen) {
  const random = seeded(seed);
  const clock = new VirtualClock();
  const server = new ModelServer(clock, random);
  const page = new ModelPage(server, clock, random, seen);
  const client = new ChannelClient({
    createConnection: (handlers) => {
      seen.connections += 1;
      return server.connect(handlers);
    },
    clock,
    random,
  });
  page.follow(client);
  client.start();
  for (let step = 0; step < stepsPerRun; step += 1) {
    server.step();
    if (random() < 0.02) {
      server.disconnectAll();
    }

    await clock.run(random() < 0.1 ? random() * 2_000 : random() * 15);
  }

  server.isFaulty = false;
  if (seed % 2 === 0) {
    await endOnNewConnections(server, clock, random);
  } else {
    // On the same connection: the frames after a loss reveal it.
    server.sendFramesForAll();
  }

  await clock.run(60_000);
  seen.events += server.log.length;
  return page.compare();
}

// The last connection has no faults, but its frames overtake the Subscribe result, and no later frame would reveal what is
// missing. The connection before it is closed in any state: subscribing, reloading or live.
/** @param {ModelServer} server @param {VirtualClock} clock @param {() => number} random */
async function endOnNewConnections(server, clock, random) {
  server.disconnectAll();
  await clock.run(random() * 600);
  server.disconnectAll();
  while (server.connectionCount === 0) {
    await clock.run(1);
  }

  for (let step = 0; step < 20; step += 1) {
    server.step();
    await clock.run(random() * 2);
  }
}

// A model of a page: the event log and the reply texts that it has rebuilt.
class ModelPage {
  #server;
  #clock;
  #random;
  #seen;
  /** @type {(number | string)[]} */ #log = [];
  /** @type {Map<string, ReplyText>} */ #texts = new Map();
  /** @type {Map<string, string>} */ #ended = new Map();
  /** @type {string[]} */ #faults = [];
  /** @type {ReturnType<ModelServer['read']> | null} */ #lastLoaded = null;
  /** @type {Realtime.Subscription | null} */ #subscription = null;

  /** @param {ModelServer} server @param {VirtualClock} clock @param {() => number} random @param {Counters} seen */
  constructor(server, clock, random, seen) {
    this.#server = server;
    this.#clock = clock;
    this.#random = random;
    this.#seen = seen;
  }

  /** @param {ChannelClient} client */
  follow(client) {
    this.#subscription = client.follow(channel, {
      onFrame: (frame) => this.#apply(frame),
      onGap: () => this.#reload(),
      replies: () => [...this.#texts].filter(([, { run }]) => run > 0)
        .map(([replyId, { run, text }]) => ({ replyId, run, textOffset: text.length })),
    });
  }

  compare() {
    const faults = [...this.#faults];
    if (this.#log.join() !== this.#server.log.join()) {
      faults.push(`rebuilt ${this.#log.join()}, stored is ${this.#server.log.join()}`);
    }

    for (const { id, text, end } of this.#server.replies.values()) {
      const rebuilt = end ? this.#ended.get(id) : this.#texts.get(id)?.text;
      if (rebuilt !== text) {
        faults.push(`${id} is "${rebuilt}", stored is "${text}"`);
      }
    }

    return faults;
  }

  // An event of the model has an id, which is what its log holds.
  /** @param {Realtime.ChannelFrame & { id?: number | string }} frame */
  #apply(frame) {
    if (frame.id !== undefined) {
      this.#log.push(frame.id);
    }

    if (frame.type === 'ai-response-complete') {
      this.#texts.delete(frame.replyId);
      this.#ended.set(frame.replyId, frame.message.content);
    } else if (frame.replyId !== undefined && !this.#ended.has(frame.replyId)) {
      this.#merge(frame);
    }
  }

  /** @param {Realtime.ReplyFrame} frame */
  #merge(frame) {
    const before = this.#texts.get(frame.replyId) ?? emptyReplyText;
    const { outcome, content } = merged(before, frame);
    this.#texts.set(frame.replyId, content);
    if (outcome === 'gap') {
      this.#seen.gaps += 1;
      this.#subscription?.resync();
    }

    const sent = this.#server.replies.get(frame.replyId)?.texts[content.run] ?? '';
    if (!sent.startsWith(content.text)) {
      this.#faults.push(`${frame.replyId} shows "${content.text}", which was never sent`);
    }
  }

  async #reload() {
    this.#seen.reloads += 1;
    await this.#pause();
    if (this.#server.isFaulty && this.#random() < 0.2) {
      throw new Error('unavailable');
    }

    // Sometimes the load comes from a store that is behind.
    const stale = this.#lastLoaded !== null && this.#random() < 0.2 ? this.#lastLoaded : null;
    const { log, ended, position } = stale ?? this.#server.read();
    this.#lastLoaded = this.#server.read();
    await this.#pause();
    this.#log = [...log];
    this.#ended = new Map(ended);
    ended.forEach((_, id) => this.#texts.delete(id));
    return position;
  }

  // Sometimes so slow that the connection breaks and is restored meanwhile.
  #pause() {
    const limitMs = this.#random() < 0.2 ? 1_500 : 30;
    return new Promise((/** @type {(value: void) => void} */ resolve) => {
      this.#clock.after(this.#random() * limitMs, resolve);
    });
  }
}

/** @param {ReplyText} content @param {Realtime.ReplyFrame} frame */
function merged(content, frame) {
  switch (frame.type) {
    case 'ai-response-started':
      return mergeStarted(content, frame);
    case 'ai-response-delta':
      return mergeDelta(content, frame);
    case 'snapshot':
      return mergeSnapshot(content, frame);
    default:
      throw new Error(`The model sends no ${frame.type}.`);
  }
}
