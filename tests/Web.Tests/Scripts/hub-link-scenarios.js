// What a HubLink says and hears, over a socket that is none.

import { HubLink } from '../realtime/hub-link.js';
import { equal, outcomeOf } from './expect.js';
import { LinkStage } from './link-stage.js';
import { settle } from './virtual-clock.js';

const end = '\x1e';
const record = (value) => JSON.stringify(value) + end;
const receive = (...frames) => record({ type: 1, target: 'Receive', arguments: [frames] });

export const run = (name) => outcomeOf(scenarios[name]);

const scenarios = {
  async shakesHandsBeforeAnything() {
    const stage = new Stage();
    equal([stage.socket.sent, stage.opened], [[`{"protocol":"json","version":1}${end}`], 0], 'said first');
    stage.socket.bring(`{}${end}`);
    equal(stage.opened, 1, 'opened');
  },

  async aRefusedHandshakeIsNoLink() {
    const stage = new Stage();
    stage.socket.bring(record({ error: 'no such protocol' }));
    equal([stage.opened, stage.ends], [0, [false]], 'opened, and ends');
  },

  async readsRecordsHoweverTheyAreCut() {
    const stage = Stage.open();
    const text = receive({ type: 'a' }, { type: 'b' }) + record({ type: 6 }) + receive({ type: 'c' });
    for (const letter of text) {
      stage.socket.bring(letter);
    }

    stage.socket.bring(receive({ type: 'd' }) + receive({ type: 'e' }));
    equal(stage.frames.map(({ type }) => type).join(''), 'abcde', 'frames');
  },

  async answersComeToTheirCalls() {
    const stage = Stage.open();
    const first = stage.link.invoke('Subscribe', [{ channel: 'x' }]);
    const second = stage.link.invoke('CancelReply', 'r');
    equal(JSON.parse(stage.socket.sent.at(-1).slice(0, -1)),
      { type: 1, invocationId: '2', target: 'CancelReply', arguments: ['r'] }, 'the call');
    stage.socket.bring(record({ type: 3, invocationId: '2', result: 'two' }) + record({ type: 3, invocationId: '1', result: 'one' }));
    equal([await first, await second], ['one', 'two'], 'answers');
  },

  async aRefusalHasItsCode() {
    const stage = Stage.open();
    const call = stage.link.invoke('SendMessage', {});
    stage.socket.bring(record({
      type: 3, invocationId: '1',
      error: "An unexpected error occurred invoking 'SendMessage' on the server. HubException: too-many-open-replies: Wait for an answer.",
    }));
    const error = await call.catch((refused) => refused);
    equal([error.code, error.message], ['too-many-open-replies', 'Wait for an answer.'], 'code and text');
  },

  async itsEndEndsItsCalls() {
    const stage = Stage.open();
    const call = stage.link.invoke('Subscribe', []);
    stage.socket.onclose({ code: 1006 });
    equal([(await call.catch((error) => error)).name, stage.ends], ['HubError', [true]], 'the call, and ends');
    equal((await stage.link.invoke('Subscribe', []).catch((error) => error)).name, 'HubError', 'a later call');
  },

  async theServersCloseRecordEndsIt() {
    const stage = Stage.open();
    stage.socket.bring(record({ type: 7, error: 'gone' }) + receive({ type: 'late' }));
    equal([stage.ends, stage.frames, stage.socket.isClosed], [[true], [], true], 'ends, frames, socket');
  },

  async pingsInItsTurnWhenItHasBeenQuiet() {
    const stage = Stage.open();
    stage.clock.sleep(9_000);
    stage.socket.bring(record({ type: 6 }));
    equal(stage.socket.sent.length, 1, 'too early');
    stage.clock.sleep(2_000);
    stage.socket.bring(record({ type: 6 }));
    equal(stage.socket.sent.at(-1), record({ type: 6 }), 'then');
  },

  async pingsAlsoWhileFramesComeAndNoPings() {
    const stage = Stage.open();
    for (let second = 0; second < 60; second += 1) {
      stage.clock.sleep(1_000);
      stage.socket.bring(receive({ type: 'a' }));
    }

    equal(stage.socket.sent.filter((text) => text === record({ type: 6 })).length, 6, 'pings in a minute');
  },

  async whatIsNotTheHubIsLeft() {
    const stage = Stage.open();
    stage.socket.bring(`<html>${end}`);
    equal(stage.ends, [true], 'ends');
  },

  async anOpeningThatNeverEndsIsGivenUp() {
    const stage = new Stage();
    await stage.clock.run(15_000);
    await settle();
    equal([stage.ends, stage.socket.isClosed], [[false], true], 'ends, socket');
  },
};

class Stage extends LinkStage {
  socket = new FakeSocket();

  constructor() {
    super();
    this.link = new HubLink('ws://host/hubs/chat', this.handlers, { createSocket: () => this.socket, clock: this.clock });
    this.link.open();
    this.socket.onopen();
  }

  static open() {
    const stage = new Stage();
    stage.socket.bring(`{}${end}`);
    return stage;
  }
}

class FakeSocket {
  sent = [];
  isClosed = false;

  send(text) {
    this.sent.push(text);
  }

  bring(data) {
    this.onmessage({ data });
  }

  close() {
    this.isClosed = true;
  }
}
