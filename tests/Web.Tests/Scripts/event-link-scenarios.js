// What an EventLink asks for and hears, over streams that are none.

import { EventLink } from '../realtime/event-link.js';
import { equal, outcomeOf } from './expect.js';
import { LinkStage } from './link-stage.js';

const user = 'user:u';
const one = 'conversation:1';
const two = 'conversation:2';
const at = (offset) => ({ epoch: 'e', offset });
const event = (channel, offset) => ({ type: 'new-message', channel, ...at(offset) });

export const run = (name) => outcomeOf(scenarios[name]);

const scenarios = {
  async isOpenWhenItIsGreeted() {
    const stage = new Stage();
    await turns();
    equal([stage.addresses, stage.opened], [['announcements'], 0], 'asked for, and opened');
    await stage.last.greet({ announcements: 0 });
    equal([stage.opened, stage.types], [1, ['connected']], 'opened, and frames');
  },

  async readsEventsHoweverTheyAreCut() {
    const stage = await Stage.open();
    for (const letter of 'retry: 1009\n\n: a comment\n\nid: 7\nevent: read\ndata: {"type":"read","channel":"user:u"}\n\n') {
      stage.last.bring(letter);
    }

    await turns();
    equal(stage.types, ['connected', 'read'], 'frames');
  },

  async hearsThatTheServerIsThere() {
    const stage = await Stage.open();
    await stage.clock.run(15_000);
    stage.last.bring(': here\n\n');
    await turns();
    equal([stage.clock.now() - stage.link.heardAt, stage.types], [0, ['connected']], 'silent for, and frames');
  },

  async anotherChannelTakesAnotherStreamFromWhereTheLastOneIs() {
    const stage = await Stage.open();
    await stage.last.say('i4', event(user, 4));
    const [first] = stage.streams;
    const answers = stage.link.subscribe([{ channel: one, ...at(9) }]);
    await turns();
    await first.say('i5', event(user, 5));
    equal([stage.addresses.at(-1), stage.lastIds.at(-1), first.isOpen], [one, 'i4', true], 'asked, while the former still speaks');
    await stage.last.greet({ announcements: 0, [user]: 4, [one]: 9 });
    equal([await answers, first.isOpen], [[{ channel: one, ...at(9), recovered: true, events: [] }], false], 'answer, and the former');
    await stage.last.say('i5', event(user, 5));
    equal(stage.offsetsOf(user), [4, 5, 5], 'nothing is lost in between');
  },

  async whatTheClientDoesNotHaveIsNotRecovered() {
    const stage = await Stage.open();
    const answers = stage.link.subscribe([{ channel: one, ...at(3) }, { channel: two }]);
    await turns();
    equal(stage.addresses.at(-1), `${one} ${two}`, 'asked for');
    await stage.last.greet({ announcements: 0, [user]: 0, [one]: 9, [two]: 0 });
    equal((await answers).map(({ recovered, offset }) => [recovered, offset]), [[false, 9], [false, 0]], 'answers');
  },

  async whatEveryStreamBringsTakesNoOther() {
    const stage = await Stage.open();
    await stage.last.say('i4', event(user, 1));
    const answers = await stage.link.subscribe([{ channel: user, ...at(1) }, { channel: 'announcements' }]);
    equal([answers.map(({ recovered }) => recovered), stage.streams.length], [[true, false], 1], 'answers, and streams');
  },

  async aRefusalHasItsCodeAndLeavesTheStream() {
    const stage = await Stage.open();
    const answers = stage.link.subscribe([{ channel: one }]);
    await turns();
    await stage.last.refuse(404, { code: 'not-found', detail: 'No such channel.' });
    const error = await answers.catch((refused) => refused);
    await stage.streams[0].say('i1', event(user, 1));
    equal([error.code, error.message, stage.offsetsOf(user), stage.ends], ['not-found', 'No such channel.', [1], []], 'the refusal, and after');
  },

  async whoAsksAgainIsToldAllThatRuns_AndOthersWhatTheyMissed() {
    const stage = await Stage.following(one, 9);
    const answers = stage.link.subscribe([{ channel: one, ...at(9) }]);
    await turns();
    equal([stage.addresses.at(-1), stage.lastIds.at(-1)], [one, null], 'asked for, without an id');
    await stage.last.greet({ announcements: 0, [user]: 3, [one]: 9 });
    equal((await answers)[0].recovered, true, 'answer');
    const gaps = stage.frames.filter(({ type }) => type === 'gap');
    equal(gaps, [{ type: 'gap', channel: user, from: 1, to: 3, reason: 'history-ended' }], 'gaps');
  },

  async aChannelThatWasLeftIsNotNamedAnyMore() {
    const stage = await Stage.following(one, 9);
    await stage.link.unsubscribe([one]);
    stage.link.subscribe([{ channel: two }]).catch(() => {});
    await turns();
    equal(stage.addresses.at(-1), two, 'asked for');
  },

  async oneThatWasLeftAndIsFollowedAgainIsNamedAgain() {
    const stage = await Stage.following(one, 9);
    await stage.link.unsubscribe([one]);
    stage.link.subscribe([{ channel: one, ...at(9) }]).catch(() => {});
    await turns();
    await stage.last.greet({ announcements: 0, [user]: 0, [one]: 9 });
    stage.link.subscribe([{ channel: two }]).catch(() => {});
    await turns();
    equal(stage.addresses.slice(2), [one, `${one} ${two}`], 'asked for');
  },

  async oneThatIsLeftWhileAnotherIsAskedForIsNotNamedAnyMore() {
    const stage = await Stage.following(one, 9);
    stage.link.subscribe([{ channel: two }]).catch(() => {});
    await turns();
    await stage.link.unsubscribe([one]);
    await stage.last.greet({ announcements: 0, [user]: 0, [one]: 9, [two]: 0 });
    stage.link.subscribe([{ channel: 'conversation:3' }]).catch(() => {});
    await turns();
    equal(stage.addresses.at(-1), `${two} conversation:3`, 'asked for');
  },

  async norOneThatTheServerHasEnded() {
    const stage = await Stage.following(one, 9);
    await stage.last.say('i9', { type: 'unsubscribed', channel: one, code: 4300 });
    stage.link.subscribe([{ channel: two }]).catch(() => {});
    await turns();
    equal(stage.addresses.at(-1), two, 'asked for');
  },

  async endsWithItsStream() {
    const stage = await Stage.open();
    stage.last.end();
    await turns();
    equal([stage.ends, stage.opened], [[true], 1], 'ends');
  },

  async aRefusedFirstStreamIsNoLink() {
    const stage = new Stage();
    await turns();
    await stage.last.refuse(401, { code: 'unauthenticated' });
    equal([stage.opened, stage.ends], [0, [false]], 'opened, and ends');
  },

  async anOpeningThatNeverEndsIsGivenUp() {
    const stage = new Stage();
    await turns();
    await stage.clock.run(15_000);
    await turns();
    equal([stage.ends, stage.last.isOpen], [[false], false], 'ends, and the stream');
  },

  async closedInTheMiddleOfAChangeItLeavesNoStream() {
    const stage = await Stage.open();
    stage.link.subscribe([{ channel: one }]).catch(() => {});
    await turns();
    stage.link.close();
    await turns();
    equal([stage.streams.map(({ isOpen }) => isOpen), stage.ends], [[false, false], [true]], 'streams, and ends');
  },
};

// Streams of the browser take turns of their own.
async function turns() {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
}

class Stage extends LinkStage {
  streams = [];

  constructor() {
    super();
    const fetch = (address, { signal }) => {
      this.streams.push(new FakeStream(address, signal));
      return this.last.response;
    };
    this.link = new EventLink('/api/events', this.handlers, { fetch, clock: this.clock });
    this.link.open();
  }

  static async open() {
    const stage = new Stage();
    await turns();
    await stage.last.greet({ announcements: 0, [user]: 0 });
    return stage;
  }

  static async following(channel, offset) {
    const stage = await Stage.open();
    const answers = stage.link.subscribe([{ channel, ...at(offset) }]);
    await turns();
    await stage.last.greet({ announcements: 0, [user]: 0, [channel]: offset });
    await answers;
    return stage;
  }

  get last() {
    return this.streams.at(-1);
  }

  get types() {
    return this.frames.map(({ type }) => type);
  }

  get addresses() {
    return this.streams.map(({ query }) => query.getAll('channel').join(' '));
  }

  get lastIds() {
    return this.streams.map(({ query }) => query.get('lastEventId'));
  }

  offsetsOf(channel) {
    return this.frames.filter((frame) => frame.channel === channel).map(({ offset }) => offset);
  }
}

class FakeStream {
  isOpen = true;
  #controller;
  #answer;

  constructor(address, signal) {
    this.query = new URL(address, 'https://here.test').searchParams;
    this.response = new Promise((resolve, reject) => {
      this.#answer = resolve;
      signal.addEventListener('abort', () => {
        this.isOpen = false;
        this.#controller?.error(signal.reason);
        reject(signal.reason);
      });
    });
  }

  async greet(positions) {
    const body = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
    });
    this.#answer(new Response(body));
    await this.say('i0', {
      type: 'connected', heartbeatSeconds: 15,
      positions: Object.entries(positions).map(([channel, offset]) => ({ channel, ...at(offset) })),
    });
  }

  async refuse(status, problem) {
    this.#answer(new Response(JSON.stringify(problem), { status }));
    await turns();
  }

  async say(id, frame) {
    this.bring(`id: ${id}\nevent: ${frame.type}\ndata: ${JSON.stringify(frame)}\n\n`);
    await turns();
  }

  bring(text) {
    this.#controller.enqueue(new TextEncoder().encode(text));
  }

  end() {
    this.#controller.close();
  }
}
