// Scenarios of an EventConnection over fake streams.

import { EventConnection } from '../realtime/event-connection.js';
import { ConnectionFixture } from './connection-fixture.js';
import { equal, outcomeOf } from './expect.js';

const user = 'user:u';
const one = 'conversation:1';
const two = 'conversation:2';
/** @param {number} offset */
const at = (offset) => ({ epoch: 'e', offset });
/** @param {string} channel @param {number} offset */
const event = (channel, offset) => ({ type: 'new-message', channel, ...at(offset) });

/** @param {keyof typeof scenarios} name */
export const run = (name) => outcomeOf(scenarios[name]);

const scenarios = {
  async opensAtTheConnectedFrame() {
    const fixture = new Fixture();
    await settleStreams();
    equal([fixture.requestedChannels, fixture.openCount], [['announcements'], 0], 'requested, and open count');
    await fixture.last.connect({ announcements: 0 });
    equal([fixture.openCount, fixture.types], [1, ['connected']], 'open count, and frames');
  },

  async readsEventsSplitAnywhere() {
    const fixture = await Fixture.open();
    for (const letter of 'retry: 1009\n\n: a comment\n\nid: 7\nevent: read\ndata: {"type":"read","channel":"user:u"}\n\n') {
      fixture.last.deliver(letter);
    }

    await settleStreams();
    equal(fixture.types, ['connected', 'read'], 'frames');
  },

  async commentsUpdateLastSeen() {
    const fixture = await Fixture.open();
    await fixture.clock.run(15_000);
    fixture.last.deliver(': here\n\n');
    await settleStreams();
    equal([fixture.clock.now() - fixture.connection.lastSeenAt, fixture.types], [0, ['connected']], 'silence, and frames');
  },

  async opensAnotherStreamFromTheLastEventIdForANewChannel() {
    const fixture = await Fixture.open();
    await fixture.last.send('i4', event(user, 4));
    const [first] = fixture.streams;
    const results = fixture.connection.subscribe([{ channel: one, ...at(9) }]);
    await settleStreams();
    await first.send('i5', event(user, 5));
    equal([fixture.requestedChannels.at(-1), fixture.lastIds.at(-1), first.isOpen], [one, 'i4', true],
      'requested, while the former stream is open');
    await fixture.last.connect({ announcements: 0, [user]: 4, [one]: 9 });
    equal([await results, first.isOpen], [[{ channel: one, ...at(9), recovered: true, events: [] }], false],
      'results, and the former stream');
    await fixture.last.send('i5', event(user, 5));
    equal(fixture.offsetsOf(user), [4, 5, 5], 'no frame is lost in between');
  },

  async isNotRecoveredWhenTheClientIsBehind() {
    const fixture = await Fixture.open();
    const results = fixture.connection.subscribe([{ channel: one, ...at(3) }, { channel: two }]);
    await settleStreams();
    equal(fixture.requestedChannels.at(-1), `${one} ${two}`, 'requested');
    await fixture.last.connect({ announcements: 0, [user]: 0, [one]: 9, [two]: 0 });
    equal((await results).map(({ recovered, offset }) => [recovered, offset]), [[false, 9], [false, 0]], 'results');
  },

  async opensNoStreamForChannelsThatEveryStreamCarries() {
    const fixture = await Fixture.open();
    await fixture.last.send('i4', event(user, 1));
    const results = await fixture.connection.subscribe([{ channel: user, ...at(1) }, { channel: 'announcements' }]);
    equal([results.map(({ recovered }) => recovered), fixture.streams.length], [[true, false], 1], 'results, and streams');
  },

  async refusalHasItsCodeAndKeepsTheStream() {
    const fixture = await Fixture.open();
    const results = fixture.connection.subscribe([{ channel: one }]);
    await settleStreams();
    await fixture.last.refuse(404, { code: 'not-found', detail: 'No such channel.' });
    const error = await results.catch((rejection) => rejection);
    await fixture.streams[0].send('i1', event(user, 1));
    equal([error.code, error.message, fixture.offsetsOf(user), fixture.ends], ['not-found', 'No such channel.', [1], []],
      'the refusal, and after');
  },

  async resubscribeOmitsTheEventIdAndReportsGapsOfOthers() {
    const fixture = await Fixture.subscribed(one, 9);
    const results = fixture.connection.subscribe([{ channel: one, ...at(9) }]);
    await settleStreams();
    equal([fixture.requestedChannels.at(-1), fixture.lastIds.at(-1)], [one, null], 'requested without an id');
    await fixture.last.connect({ announcements: 0, [user]: 3, [one]: 9 });
    equal((await results)[0].recovered, true, 'result');
    const gaps = fixture.frames.filter(({ type }) => type === 'gap');
    equal(gaps, [{ type: 'gap', channel: user, from: 1, to: 3, reason: 'history-ended' }], 'gaps');
  },

  async doesNotNameAnUnsubscribedChannel() {
    const fixture = await Fixture.subscribed(one, 9);
    await fixture.connection.unsubscribe([one]);
    fixture.connection.subscribe([{ channel: two }]).catch(() => {});
    await settleStreams();
    equal(fixture.requestedChannels.at(-1), two, 'requested');
  },

  async namesAChannelThatIsSubscribedAgain() {
    const fixture = await Fixture.subscribed(one, 9);
    await fixture.connection.unsubscribe([one]);
    fixture.connection.subscribe([{ channel: one, ...at(9) }]).catch(() => {});
    await settleStreams();
    await fixture.last.connect({ announcements: 0, [user]: 0, [one]: 9 });
    fixture.connection.subscribe([{ channel: two }]).catch(() => {});
    await settleStreams();
    equal(fixture.requestedChannels.slice(2), [one, `${one} ${two}`], 'requested');
  },

  async doesNotNameAChannelUnsubscribedDuringASubscribe() {
    const fixture = await Fixture.subscribed(one, 9);
    fixture.connection.subscribe([{ channel: two }]).catch(() => {});
    await settleStreams();
    await fixture.connection.unsubscribe([one]);
    await fixture.last.connect({ announcements: 0, [user]: 0, [one]: 9, [two]: 0 });
    fixture.connection.subscribe([{ channel: 'conversation:3' }]).catch(() => {});
    await settleStreams();
    equal(fixture.requestedChannels.at(-1), `${two} conversation:3`, 'requested');
  },

  async doesNotNameAChannelThatTheServerEnded() {
    const fixture = await Fixture.subscribed(one, 9);
    await fixture.last.send('i9', { type: 'unsubscribed', channel: one, code: 4300 });
    fixture.connection.subscribe([{ channel: two }]).catch(() => {});
    await settleStreams();
    equal(fixture.requestedChannels.at(-1), two, 'requested');
  },

  async endsWithItsStream() {
    const fixture = await Fixture.open();
    fixture.last.end();
    await settleStreams();
    equal([fixture.ends, fixture.openCount], [[true], 1], 'ends');
  },

  async endsUnopenedWhenTheFirstStreamIsRefused() {
    const fixture = new Fixture();
    await settleStreams();
    await fixture.last.refuse(401, { code: 'unauthenticated' });
    equal([fixture.openCount, fixture.ends], [0, [false]], 'open count, and ends');
  },

  async endsWhenOpeningTimesOut() {
    const fixture = new Fixture();
    await settleStreams();
    await fixture.clock.run(15_000);
    await settleStreams();
    equal([fixture.ends, fixture.last.isOpen], [[false], false], 'ends, and the stream');
  },

  async closeDuringASubscribeAbortsAllStreams() {
    const fixture = await Fixture.open();
    fixture.connection.subscribe([{ channel: one }]).catch(() => {});
    await settleStreams();
    fixture.connection.close();
    await settleStreams();
    equal([fixture.streams.map(({ isOpen }) => isOpen), fixture.ends], [[false, false], [true]], 'streams, and ends');
  },
};

// Streams of the browser complete in tasks of their own, so promise callbacks alone are not enough.
async function settleStreams() {
  for (let i = 0; i < 5; i += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
}

class Fixture extends ConnectionFixture {
  /** @type {FakeStream[]} */ streams = [];

  constructor() {
    super();
    /** @param {string} url @param {RequestInit} request */
    const fetch = (url, { signal }) => {
      this.streams.push(new FakeStream(url, /** @type {AbortSignal} */ (signal)));
      return this.last.response;
    };
    this.connection = new EventConnection('/api/events', this.handlers, { fetch, clock: this.clock });
    this.connection.open();
  }

  static async open() {
    const fixture = new Fixture();
    await settleStreams();
    await fixture.last.connect({ announcements: 0, [user]: 0 });
    return fixture;
  }

  /** @param {string} channel @param {number} offset */
  static async subscribed(channel, offset) {
    const fixture = await Fixture.open();
    const results = fixture.connection.subscribe([{ channel, ...at(offset) }]);
    await settleStreams();
    await fixture.last.connect({ announcements: 0, [user]: 0, [channel]: offset });
    await results;
    return fixture;
  }

  get last() {
    return this.streams[this.streams.length - 1];
  }

  get types() {
    return this.frames.map(({ type }) => type);
  }

  get requestedChannels() {
    return this.streams.map(({ query }) => query.getAll('channel').join(' '));
  }

  get lastIds() {
    return this.streams.map(({ query }) => query.get('lastEventId'));
  }

  /** @param {string} channel */
  offsetsOf(channel) {
    return this.frames.filter((frame) => frame.channel === channel).map(({ offset }) => offset);
  }
}

class FakeStream {
  isOpen = true;
  /** @type {ReadableStreamDefaultController<BufferSource> | null} */ #controller = null;
  /** @type {(response: Response) => void} */ #respond = () => {};

  /** @param {string} url @param {AbortSignal} signal */
  constructor(url, signal) {
    this.query = new URL(url, 'https://here.test').searchParams;
    /** @type {Promise<Response>} */
    this.response = new Promise((resolve, reject) => {
      this.#respond = resolve;
      signal.addEventListener('abort', () => {
        this.isOpen = false;
        this.#controller?.error(signal.reason);
        reject(signal.reason);
      });
    });
  }

  /** @param {Record<string, number>} positions */
  async connect(positions) {
    const body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    this.#respond(new Response(body));
    await this.send('i0', {
      type: 'connected', heartbeatSeconds: 15,
      positions: Object.entries(positions).map(([channel, offset]) => ({ channel, ...at(offset) })),
    });
  }

  /** @param {number} status @param {Api.Problem} problem */
  async refuse(status, problem) {
    this.#respond(new Response(JSON.stringify(problem), { status }));
    await settleStreams();
  }

  /** @param {string} id @param {{ type: string, [property: string]: unknown }} frame */
  async send(id, frame) {
    this.deliver(`id: ${id}\nevent: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`);
    await settleStreams();
  }

  /** @param {string} text */
  deliver(text) {
    this.#controller?.enqueue(new TextEncoder().encode(text));
  }

  end() {
    this.#controller?.close();
  }
}
