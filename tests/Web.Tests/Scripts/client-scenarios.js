// What a ChannelClient does, over links that say what a scenario wants.

import { channel, Stage } from './client-stage.js';
import { equal, outcomeOf } from './expect.js';
import { settle } from './virtual-clock.js';

const at = (offset, more = {}) => ({ type: 'new-message', channel, epoch: 'e', offset, ...more });

export const run = (name) => outcomeOf(scenarios[name]);

const scenarios = {
  async holdsFramesUntilTheAnswer() {
    const stage = await Stage.open({ position: { epoch: 'e', offset: 3 } });
    stage.link.say(at(6), at(7));
    equal(stage.offsets, [], 'before the answer');
    stage.link.answer({ recovered: true, epoch: 'e', offset: 5, events: [at(4), at(5)] });
    await settle();
    equal(stage.offsets, [4, 5, 6, 7], 'after the answer');
  },

  async dropsWhatTheAnswerBroughtToo() {
    const stage = await Stage.open({ position: { epoch: 'e', offset: 3 } });
    stage.link.say(at(4), at(5), at(5));
    stage.link.answer({ recovered: true, epoch: 'e', offset: 4, events: [at(4)] });
    await settle();
    equal(stage.offsets, [4, 5], 'each once');
  },

  async readsAnewWhatCannotBeRecovered() {
    const stage = await Stage.open({ position: { epoch: 'old', offset: 3 }, onGap: async () => ({ epoch: 'e', offset: 9 }) });
    stage.link.say(at(8), at(9), at(10));
    stage.link.answer({ recovered: false, epoch: 'e', offset: 7, events: [] });
    await settle();
    equal(stage.offsets, [10], 'only what the reading did not bring');
  },

  async asksFromItsPositionAtAHole() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 });
    stage.link.say(at(4), at(6), at(7));
    await stage.clock.run(1_000);
    equal(stage.offsets, [4], 'up to the hole');
    equal(stage.link.asked.at(-1), [{ channel, epoch: 'e', offset: 4, replies: [] }], 'the question');
    stage.link.answer({ recovered: true, epoch: 'e', offset: 7, events: [at(5), at(6), at(7)] });
    await settle();
    equal(stage.offsets, [4, 5, 6, 7], 'in the end');
  },

  async readsAnewAfterAGap() {
    let reads = 0;
    const stage = await Stage.live({ epoch: 'e', offset: 3 }, { onGap: async () => ({ epoch: 'e', offset: 8 + (reads += 1) }) });
    stage.link.say({ type: 'gap', channel, from: 4, to: 8, reason: 'history-ended' }, at(9));
    await stage.clock.run(1_000);
    equal(stage.link.asked.at(-1), [{ channel, replies: [] }], 'asked without a position');
    stage.link.answer({ recovered: false, epoch: 'e', offset: 9, events: [] });
    await settle();
    stage.link.say(at(10));
    equal([reads, stage.offsets], [1, [10]], 'reads, and frames after them');
  },

  async goesOnInEveryChannelOnANewLink() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 }, { replies: () => [{ replyId: 'r', run: 2, textOffset: 14 }] });
    stage.link.say(at(4));
    stage.link.break();
    equal(stage.client.state, 'lost', 'state');
    await stage.clock.run(2_000);
    equal(stage.link.asked, [[{ channel, epoch: 'e', offset: 4, replies: [{ replyId: 'r', run: 2, textOffset: 14 }] }]], 'asked');
  },

  async comesBackSlowerEachTimeNothingIsThere() {
    const stage = new Stage({});
    stage.canOpen = false;
    stage.client.start();
    await stage.clock.run(60_000);
    const pauses = stage.made.slice(1).map((madeAt, i) => madeAt - stage.made[i]);
    equal(pauses.slice(0, 6).map((pause, i) => pause >= 250 * 2 ** i && pause <= 500 * 2 ** i), Array(6).fill(true), `pauses ${pauses}`);
    equal(Math.max(...pauses) <= 15_000, true, 'the longest is bounded');
  },

  async comesBackAsTheDrainSays() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 });
    stage.link.say({ type: 'closing', code: 4000, reconnectAfterMs: 1_200 });
    equal([stage.client.state, stage.made.length], ['lost', 1], 'at once');
    await stage.clock.run(1_199);
    equal(stage.made.length, 1, 'before the time');
    await stage.clock.run(502);
    equal(stage.made.length, 2, 'after the time and its jitter');
  },

  async staysAwayAfterAKick() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 });
    stage.link.say({ type: 'closing', code: 4301, reconnectAfterMs: 0 });
    stage.client.wake({ isNetworkNew: true });
    await stage.clock.run(3_600_000);
    equal([stage.client.state, stage.client.closeCode, stage.made.length], ['never', 4301, 1], 'an hour later');
  },

  async waitsForASessionAfterSignOut() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 });
    stage.link.say({ type: 'closing', code: 4201, reconnectAfterMs: 0 });
    stage.client.wake();
    await stage.clock.run(3_600_000);
    equal([stage.client.state, stage.made.length], ['sign-in', 1], 'an hour later');
    stage.client.start();
    await settle();
    equal([stage.client.state, stage.link.asked.length], ['open', 1], 'with the new session');
  },

  async oneOfTooManyStaysAwayUntilItIsSeen() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 });
    stage.isHidden = true;
    stage.link.say({ type: 'closing', code: 4101, reconnectAfterMs: 30_000 });
    await stage.clock.run(10 * 60_000);
    equal(stage.made.length, 1, 'hidden');
    stage.isHidden = false;
    stage.client.wake();
    await stage.clock.run(1);
    equal([stage.made.length, stage.client.state], [2, 'open'], 'seen again');
  },

  async wakingDoesNotShortenTheServersTime() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 });
    stage.link.say({ type: 'closing', code: 4100, reconnectAfterMs: 30_000 });
    stage.client.wake();
    await stage.clock.run(29_000);
    equal(stage.made.length, 1, 'before the time');
    await stage.clock.run(2_000);
    equal(stage.made.length, 2, 'after it');
  },

  async leavesALinkThatIsSilentForAMinute() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 });
    await stage.clock.run(40_000);
    stage.link.heardAt = stage.clock.now();
    await stage.clock.run(59_000);
    equal(stage.made.length, 1, 'a ping holds it');
    await stage.clock.run(3_000);
    equal(stage.made.length, 2, 'silence does not');
  },

  async judgesSilenceByTheClockAfterSleep() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 });
    stage.clock.sleep(45_000);
    stage.client.wake();
    await stage.clock.run(1_000);
    equal(stage.made.length, 2, 'links');
  },

  async saysBlockedWhenOnlyTheLinkCannotBeHad() {
    const stage = new Stage({});
    stage.canOpen = false;
    stage.finding = 'here';
    stage.client.start();
    await stage.clock.run(5_000);
    equal([stage.client.state, stage.made.length], ['blocked', 2], 'soon');
    stage.canOpen = true;
    await stage.clock.run(61_000);
    equal(stage.client.state, 'open', 'when the way is free');
  },

  async takesAnotherKindOfLinkWhereTheFirstIsBlocked() {
    const stage = Stage.behindAProxy();
    await stage.clock.run(5_000);
    equal([stage.client.state, stage.kinds], ['open', ['first', 'first', 'other']], 'soon');
    stage.link.break();
    await stage.clock.run(5_000);
    equal([stage.client.state, stage.kinds.at(-1)], ['open', 'other'], 'when that broke');
  },

  async triesTheFirstKindAgainLaterAndOnANewNetwork() {
    const stage = Stage.behindAProxy();
    await stage.clock.run(5_000);
    for (let beat = 0; beat < 15; beat += 1) {
      await stage.clock.run(45_000);
      stage.link.heardAt = stage.clock.now();
    }

    stage.link.break();
    await stage.clock.run(5_000);
    equal(stage.kinds.slice(3), ['first', 'other'], 'after more than ten minutes');
    stage.canOpen = true;
    stage.client.wake({ isNetworkNew: true });
    await stage.clock.run(5_000);
    equal([stage.client.state, stage.kinds.slice(5)], ['open', ['first']], 'on a new network');
  },

  async isBlockedWhereNoKindCanBeHad() {
    const stage = Stage.behindAProxy();
    stage.canOpenOther = false;
    await stage.clock.run(5_000);
    equal([stage.client.state, stage.kinds], ['blocked', ['first', 'first', 'other']], 'soon');
    await stage.clock.run(61_000);
    equal(stage.kinds.slice(3), ['first', 'other'], 'a minute later');
  },

  async asksForASessionWhenTheServerKnowsNone() {
    const stage = new Stage({});
    stage.canOpen = false;
    stage.finding = 'signed-out';
    stage.client.start();
    await stage.clock.run(60_000);
    equal([stage.client.state, stage.made.length], ['sign-in', 1], 'state and links');
  },

  async aRefusalEndsOnlyItsChannel() {
    const stage = await Stage.open({ position: null });
    stage.link.answer({ error: 'not-found' });
    await settle();
    equal([stage.states, stage.client.state], [['asking', 'over not-found'], 'open'], 'states');
    await stage.clock.run(50_000);
    equal(stage.link.asked.length, 1, 'asked once');
  },

  async asksAgainWhenTheServerIsNotReady() {
    const stage = await Stage.open({ position: { epoch: 'e', offset: 1 } });
    stage.link.answer({ error: 'unavailable' });
    await stage.clock.run(600);
    equal(stage.link.asked.length, 2, 'asked');
  },

  async oneThatFailsKeepsNobodyWaiting() {
    const stage = new Stage({ position: { epoch: 'e', offset: 3 } });
    const other = [];
    stage.client.follow('user:u', { onFrame: (frame) => other.push(frame) });
    stage.failing = 'user:u';
    stage.client.start();
    await settle();
    stage.link.answer({ recovered: true, epoch: 'e', offset: 3, events: [] });
    await settle();
    stage.link.say(at(4));
    equal([stage.offsets, other], [[4], []], 'heard');
  },

  async anEndedSubscriptionIsLeft() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 });
    stage.link.say({ type: 'unsubscribed', channel, code: 4300 }, at(4));
    await stage.clock.run(60_000);
    equal([stage.states.at(-1), stage.offsets, stage.link.asked.length], ['over 4300', [], 1], 'in the end');
  },

  async leavingUnsubscribes() {
    const stage = await Stage.live({ epoch: 'e', offset: 3 });
    stage.following.close();
    stage.link.say(at(4));
    equal([stage.link.left, stage.offsets], [[channel], []], 'left, and heard');
  },
};
