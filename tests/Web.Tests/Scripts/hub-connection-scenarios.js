// Scenarios of a HubConnection over a fake socket.

import { HubConnection } from '../realtime/hub-connection.js';
import { HubError } from '../realtime/hub-protocol.js';
import { ConnectionFixture } from './connection-fixture.js';
import { equal, outcomeOf } from './expect.js';
import { settle } from './virtual-clock.js';

const end = '\x1e';
/** @param {unknown} value */
const record = (value) => JSON.stringify(value) + end;
/** @param {{ type: string }[]} frames */
const receive = (...frames) => record({ type: 1, target: 'Receive', arguments: [frames] });

/** @param {keyof typeof scenarios} name */
export const run = (name) => outcomeOf(scenarios[name]);

const scenarios = {
  async sendsTheHandshakeFirst() {
    const fixture = new Fixture();
    equal([fixture.socket.sent, fixture.openCount], [[`{"protocol":"json","version":1}${end}`], 0], 'sent first');
    fixture.socket.deliver(`{}${end}`);
    equal(fixture.openCount, 1, 'open count');
  },

  async endsUnopenedWhenTheHandshakeIsRefused() {
    const fixture = new Fixture();
    fixture.socket.deliver(record({ error: 'no such protocol' }));
    equal([fixture.openCount, fixture.ends], [0, [false]], 'open count, and ends');
  },

  async readsRecordsSplitAnywhere() {
    const fixture = Fixture.open();
    const text = receive({ type: 'a' }, { type: 'b' }) + record({ type: 6 }) + receive({ type: 'c' });
    for (const letter of text) {
      fixture.socket.deliver(letter);
    }

    fixture.socket.deliver(receive({ type: 'd' }) + receive({ type: 'e' }));
    equal(fixture.frames.map(({ type }) => type).join(''), 'abcde', 'frames');
  },

  async completesEachCallWithItsResult() {
    const fixture = Fixture.open();
    const first = fixture.connection.invoke('Subscribe', [{ channel: 'x' }]);
    const second = fixture.connection.invoke('CancelReply', 'r');
    equal(JSON.parse(fixture.socket.sent.at(-1)?.slice(0, -1) ?? ''),
      { type: 1, invocationId: '2', target: 'CancelReply', arguments: ['r'] }, 'the call');
    fixture.socket.deliver(record({ type: 3, invocationId: '2', result: 'two' }) + record({ type: 3, invocationId: '1', result: 'one' }));
    equal([await first, await second], ['one', 'two'], 'results');
  },

  async rejectsWithTheErrorCode() {
    const fixture = Fixture.open();
    const call = fixture.connection.invoke('SendMessage', {});
    fixture.socket.deliver(record({
      type: 3, invocationId: '1',
      error: "An unexpected error occurred invoking 'SendMessage' on the server. HubException: too-many-open-replies: Wait for an answer.",
    }));
    const error = /** @type {HubError} */ (await call.catch((rejection) => rejection));
    equal([error.code, error.message], ['too-many-open-replies', 'Wait for an answer.'], 'code and text');
  },

  async rejectsOpenCallsWhenItEnds() {
    const fixture = Fixture.open();
    const call = fixture.connection.invoke('Subscribe', []);
    fixture.socket.onclose({ code: 1006 });
    equal([await isHubError(call), fixture.ends], [true, [true]], 'the call, and ends');
    equal(await isHubError(fixture.connection.invoke('Subscribe', [])), true, 'a later call');
  },

  async endsAtTheServersCloseRecord() {
    const fixture = Fixture.open();
    fixture.socket.deliver(record({ type: 7, error: 'gone' }) + receive({ type: 'late' }));
    equal([fixture.ends, fixture.frames, fixture.socket.isClosed], [[true], [], true], 'ends, frames, socket');
  },

  async pingsWhenItHasSentNothingForAWhile() {
    const fixture = Fixture.open();
    fixture.clock.sleep(9_000);
    fixture.socket.deliver(record({ type: 6 }));
    equal(fixture.socket.sent.length, 1, 'too early');
    fixture.clock.sleep(2_000);
    fixture.socket.deliver(record({ type: 6 }));
    equal(fixture.socket.sent.at(-1), record({ type: 6 }), 'then');
  },

  async pingsWhileFramesArriveWithoutServerPings() {
    const fixture = Fixture.open();
    for (let second = 0; second < 60; second += 1) {
      fixture.clock.sleep(1_000);
      fixture.socket.deliver(receive({ type: 'a' }));
    }

    equal(fixture.socket.sent.filter((text) => text === record({ type: 6 })).length, 6, 'pings in a minute');
  },

  async endsWhenARecordCannotBeParsed() {
    const fixture = Fixture.open();
    fixture.socket.deliver(`<html>${end}`);
    equal(fixture.ends, [true], 'ends');
  },

  async endsWhenOpeningTimesOut() {
    const fixture = new Fixture();
    await fixture.clock.run(15_000);
    await settle();
    equal([fixture.ends, fixture.socket.isClosed], [[false], true], 'ends, socket');
  },
};

class Fixture extends ConnectionFixture {
  socket = new FakeSocket();

  constructor() {
    super();
    // The fake has those members of a socket that the connection uses.
    const createSocket = () => /** @type {WebSocket} */ (/** @type {unknown} */ (this.socket));
    this.connection = new HubConnection('ws://host/hubs/chat', this.handlers, { createSocket, clock: this.clock });
    this.connection.open();
    this.socket.onopen();
  }

  static open() {
    const fixture = new Fixture();
    fixture.socket.deliver(`{}${end}`);
    return fixture;
  }
}

/** @param {Promise<unknown>} call */
const isHubError = (call) => call.then(() => false, (error) => error instanceof HubError);

class FakeSocket {
  /** @type {string[]} */ sent = [];
  // The connection replaces these.
  onopen = () => {};
  /** @type {(event: { data: string }) => void} */ onmessage = () => {};
  /** @type {(event: { code: number }) => void} */ onclose = () => {};
  isClosed = false;

  /** @param {string} text */
  send(text) {
    this.sent.push(text);
  }

  /** @param {string} data */
  deliver(data) {
    this.onmessage({ data });
  }

  close() {
    this.isClosed = true;
  }
}
