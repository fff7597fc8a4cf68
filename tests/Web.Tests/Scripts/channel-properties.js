// Whatever a link loses, doubles and reorders, and wherever it is cut: what a client has rebuilt is what the server has.

import { mergeDelta, mergeSnapshot, mergeStarted, emptyReplyText } from '../reply-text.js';
import { ChannelClient } from '../realtime/channel-client.js';
import { channel, ModelServer } from './model-server.js';
import { seeded, VirtualClock } from './virtual-clock.js';

const actsPerRun = 150;

// Answers what went wrong, each with its seed; and how much happened, as a run in which nothing does proves nothing.
export async function checkRebuiltEqualsStored(firstSeed, runs) {
  const faults = [];
  const seen = { holes: 0, reads: 0, links: 0, events: 0 };
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    faults.push(...(await runOnce(seed, seen)).map((fault) => `seed ${seed}: ${fault}`));
  }

  return { faults: faults.slice(0, 5), seen };
}

async function runOnce(seed, seen) {
  const random = seeded(seed);
  const clock = new VirtualClock();
  const server = new ModelServer(clock, random);
  const reader = new Reader(server, clock, random, seen);
  const client = new ChannelClient({
    createLink: (handlers) => {
      seen.links += 1;
      return server.link(handlers);
    },
    clock,
    random,
  });
  reader.follow(client);
  client.start();
  for (let act = 0; act < actsPerRun; act += 1) {
    server.act();
    if (random() < 0.02) {
      server.cutAll();
    }

    await clock.run(random() < 0.1 ? random() * 2_000 : random() * 15);
  }

  server.isFaulty = false;
  if (seed % 2 === 0) {
    await endOnNewLinks(server, clock, random);
  } else {
    // On the link that is there: what comes after a loss shows it.
    server.touchEverything();
  }

  await clock.run(60_000);
  seen.events += server.log.length;
  return reader.compare();
}

// The last link is whole, and yet its frames overtake the answer to the subscription. Nothing comes after them that would
// show what is missing. The link before it is cut wherever it may be: asking, reading, or live.
async function endOnNewLinks(server, clock, random) {
  server.cutAll();
  await clock.run(random() * 600);
  server.cutAll();
  while (server.links === 0) {
    await clock.run(1);
  }

  for (let act = 0; act < 20; act += 1) {
    server.act();
    await clock.run(random() * 2);
  }
}

// Somebody's page: the log it has, and the texts.
class Reader {
  #server;
  #clock;
  #random;
  #seen;
  #log = [];
  #texts = new Map();
  #ended = new Map();
  #faults = [];
  #lastRead = null;
  #following;

  constructor(server, clock, random, seen) {
    this.#server = server;
    this.#clock = clock;
    this.#random = random;
    this.#seen = seen;
  }

  follow(client) {
    this.#following = client.follow(channel, {
      onFrame: (frame) => this.#take(frame),
      onGap: () => this.#read(),
      replies: () => [...this.#texts].filter(([, { run }]) => run > 0)
        .map(([replyId, { run, text }]) => ({ replyId, run, textOffset: text.length })),
    });
  }

  compare() {
    const faults = [...this.#faults];
    if (this.#log.join() !== this.#server.log.join()) {
      faults.push(`knows ${this.#log.join()}, stored is ${this.#server.log.join()}`);
    }

    for (const { id, text, end } of this.#server.replies.values()) {
      const mine = end ? this.#ended.get(id) : this.#texts.get(id)?.text;
      if (mine !== text) {
        faults.push(`${id} is "${mine}", stored is "${text}"`);
      }
    }

    return faults;
  }

  #take(frame) {
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

  #merge(frame) {
    const before = this.#texts.get(frame.replyId) ?? emptyReplyText;
    const merge = { 'ai-response-started': mergeStarted, 'ai-response-delta': mergeDelta, snapshot: mergeSnapshot }[frame.type];
    const { outcome, reply } = merge(before, frame);
    this.#texts.set(frame.replyId, reply);
    if (outcome === 'gap') {
      this.#seen.holes += 1;
      this.#following.resync();
    }

    const said = this.#server.replies.get(frame.replyId).texts[reply.run] ?? '';
    if (!said.startsWith(reply.text)) {
      this.#faults.push(`${frame.replyId} shows "${reply.text}", which was never said`);
    }
  }

  async #read() {
    this.#seen.reads += 1;
    await this.#pause();
    if (this.#server.isFaulty && this.#random() < 0.2) {
      throw new Error('out of reach');
    }

    // Now and then from a store that is behind.
    const isStale = this.#lastRead && this.#random() < 0.2;
    const { log, ended, position } = isStale ? this.#lastRead : this.#server.read();
    this.#lastRead = this.#server.read();
    await this.#pause();
    this.#log = [...log];
    this.#ended = new Map(ended);
    ended.forEach((_, id) => this.#texts.delete(id));
    return position;
  }

  // Now and then so slow that the link is lost and found again meanwhile.
  #pause() {
    const limitMs = this.#random() < 0.2 ? 1_500 : 30;
    return new Promise((resolve) => this.#clock.after(this.#random() * limitMs, resolve));
  }
}
