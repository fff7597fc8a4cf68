// Scenarios of a ChannelClient over scripted connections.

import { channel, Fixture } from './client-fixture.js';
import { equal, outcomeOf } from './expect.js';
import { settle } from './virtual-clock.js';

/** @param {number} offset @returns {Realtime.DurableFrame} */
const at = (offset) => /** @type {Realtime.DurableFrame} */ ({ type: 'new-message', channel, epoch: 'e', offset });

/** @param {keyof typeof scenarios} name */
export const run = (name) => outcomeOf(scenarios[name]);

const scenarios = {
  async buffersFramesUntilTheSubscribeResult() {
    const fixture = await Fixture.open({ position: { epoch: 'e', offset: 3 } });
    fixture.connection.push(at(6), at(7));
    equal(fixture.offsets, [], 'before the result');
    fixture.connection.respond({ recovered: true, epoch: 'e', offset: 5, events: [at(4), at(5)] });
    await settle();
    equal(fixture.offsets, [4, 5, 6, 7], 'after the result');
  },

  async dropsFramesThatTheSubscribeResultContains() {
    const fixture = await Fixture.open({ position: { epoch: 'e', offset: 3 } });
    fixture.connection.push(at(4), at(5), at(5));
    fixture.connection.respond({ recovered: true, epoch: 'e', offset: 4, events: [at(4)] });
    await settle();
    equal(fixture.offsets, [4, 5], 'each once');
  },

  async reloadsWhenTheServerCannotRecover() {
    const fixture = await Fixture.open({ position: { epoch: 'old', offset: 3 }, onGap: async () => ({ epoch: 'e', offset: 9 }) });
    fixture.connection.push(at(8), at(9), at(10));
    fixture.connection.respond({ recovered: false, epoch: 'e', offset: 7, events: [] });
    await settle();
    equal(fixture.offsets, [10], 'only the frames after the reload');
  },

  async resubscribesFromItsPositionAtAGap() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 });
    fixture.connection.push(at(4), at(6), at(7));
    await fixture.clock.run(1_000);
    equal(fixture.offsets, [4], 'up to the gap');
    equal(fixture.connection.requests.at(-1), [{ channel, epoch: 'e', offset: 4, replies: [] }], 'the request');
    fixture.connection.respond({ recovered: true, epoch: 'e', offset: 7, events: [at(5), at(6), at(7)] });
    await settle();
    equal(fixture.offsets, [4, 5, 6, 7], 'in the end');
  },

  async reloadsAfterAGapFrame() {
    let reads = 0;
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 }, { onGap: async () => ({ epoch: 'e', offset: 8 + (reads += 1) }) });
    fixture.connection.push({ type: 'gap', channel, from: 4, to: 8, reason: 'history-ended' }, at(9));
    await fixture.clock.run(1_000);
    equal(fixture.connection.requests.at(-1), [{ channel, replies: [] }], 'requested without a position');
    fixture.connection.respond({ recovered: false, epoch: 'e', offset: 9, events: [] });
    await settle();
    fixture.connection.push(at(10));
    equal([reads, fixture.offsets], [1, [10]], 'reloads, and frames after them');
  },

  async resumesEveryChannelOnANewConnection() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 }, { replies: () => [{ replyId: 'r', run: 2, textOffset: 14 }] });
    fixture.connection.push(at(4));
    fixture.connection.disconnect();
    equal(fixture.client.state, 'lost', 'state');
    await fixture.clock.run(2_000);
    equal(fixture.connection.requests,
      [[{ channel, epoch: 'e', offset: 4, replies: [{ replyId: 'r', run: 2, textOffset: 14 }] }]], 'requests');
  },

  async backsOffWhileTheServerIsUnreachable() {
    const fixture = new Fixture({});
    fixture.canOpen = false;
    fixture.client.start();
    await fixture.clock.run(60_000);
    const pauses = fixture.connectedAt.slice(1).map((connectedAt, i) => connectedAt - fixture.connectedAt[i]);
    equal(pauses.slice(0, 6).map((pause, i) => pause >= 250 * 2 ** i && pause <= 500 * 2 ** i), Array(6).fill(true), `pauses ${pauses}`);
    equal(Math.max(...pauses) <= 15_000, true, 'the longest is bounded');
  },

  async reconnectsAfterTheDelayOfADrain() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 });
    fixture.connection.push({ type: 'closing', code: 4000, reconnectAfterMs: 1_200 });
    equal([fixture.client.state, fixture.connectedAt.length], ['lost', 1], 'at once');
    await fixture.clock.run(1_199);
    equal(fixture.connectedAt.length, 1, 'before the delay');
    await fixture.clock.run(502);
    equal(fixture.connectedAt.length, 2, 'after the delay and its jitter');
  },

  async staysClosedAfterAKick() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 });
    fixture.connection.push({ type: 'closing', code: 4301, reconnectAfterMs: 0 });
    fixture.client.wake({ isNetworkNew: true });
    await fixture.clock.run(3_600_000);
    equal([fixture.client.state, fixture.client.closeCode, fixture.connectedAt.length], ['closed', 4301, 1], 'an hour later');
  },

  async waitsForASessionAfterSignOut() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 });
    fixture.connection.push({ type: 'closing', code: 4201, reconnectAfterMs: 0 });
    fixture.client.wake();
    await fixture.clock.run(3_600_000);
    equal([fixture.client.state, fixture.connectedAt.length], ['sign-in', 1], 'an hour later');
    fixture.client.start();
    await settle();
    equal([fixture.client.state, fixture.connection.requests.length], ['open', 1], 'with the new session');
  },

  async waitsUntilVisibleAfterTooManyConnections() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 });
    fixture.isHidden = true;
    fixture.connection.push({ type: 'closing', code: 4101, reconnectAfterMs: 30_000 });
    await fixture.clock.run(10 * 60_000);
    equal(fixture.connectedAt.length, 1, 'hidden');
    fixture.isHidden = false;
    fixture.client.wake();
    await fixture.clock.run(1);
    equal([fixture.connectedAt.length, fixture.client.state], [2, 'open'], 'visible again');
  },

  async wakeDoesNotShortenTheServersDelay() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 });
    fixture.connection.push({ type: 'closing', code: 4100, reconnectAfterMs: 30_000 });
    fixture.client.wake();
    await fixture.clock.run(29_000);
    equal(fixture.connectedAt.length, 1, 'before the delay');
    await fixture.clock.run(2_000);
    equal(fixture.connectedAt.length, 2, 'after the delay');
  },

  async replacesAConnectionThatIsSilentForAMinute() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 });
    await fixture.clock.run(40_000);
    fixture.connection.lastSeenAt = fixture.clock.now();
    await fixture.clock.run(59_000);
    equal(fixture.connectedAt.length, 1, 'data keeps it');
    await fixture.clock.run(3_000);
    equal(fixture.connectedAt.length, 2, 'silence replaces it');
  },

  async measuresSilenceByTheClockAfterSleep() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 });
    fixture.clock.sleep(45_000);
    fixture.client.wake();
    await fixture.clock.run(1_000);
    equal(fixture.connectedAt.length, 2, 'connections');
  },

  async isBlockedWhenTheServerIsReachableButNoConnectionOpens() {
    const fixture = new Fixture({});
    fixture.canOpen = false;
    fixture.finding = 'reachable';
    fixture.client.start();
    await fixture.clock.run(5_000);
    equal([fixture.client.state, fixture.connectedAt.length], ['blocked', 2], 'soon');
    fixture.canOpen = true;
    await fixture.clock.run(61_000);
    equal(fixture.client.state, 'open', 'when it can be opened');
  },

  async usesTheFallbackWhenThePrimaryIsBlocked() {
    const fixture = Fixture.behindAProxy();
    await fixture.clock.run(5_000);
    equal([fixture.client.state, fixture.kinds], ['open', ['primary', 'primary', 'fallback']], 'soon');
    fixture.connection.disconnect();
    await fixture.clock.run(5_000);
    equal([fixture.client.state, fixture.kinds.at(-1)], ['open', 'fallback'], 'after that connection broke');
  },

  async triesThePrimaryAgainLaterAndOnANewNetwork() {
    const fixture = Fixture.behindAProxy();
    await fixture.clock.run(5_000);
    for (let beat = 0; beat < 15; beat += 1) {
      await fixture.clock.run(45_000);
      fixture.connection.lastSeenAt = fixture.clock.now();
    }

    fixture.connection.disconnect();
    await fixture.clock.run(5_000);
    equal(fixture.kinds.slice(3), ['primary', 'fallback'], 'after more than ten minutes');
    fixture.canOpen = true;
    fixture.client.wake({ isNetworkNew: true });
    await fixture.clock.run(5_000);
    equal([fixture.client.state, fixture.kinds.slice(5)], ['open', ['primary']], 'on a new network');
  },

  async isBlockedWhenNeitherKindOpens() {
    const fixture = Fixture.behindAProxy();
    fixture.canOpenFallback = false;
    await fixture.clock.run(5_000);
    equal([fixture.client.state, fixture.kinds], ['blocked', ['primary', 'primary', 'fallback']], 'soon');
    await fixture.clock.run(61_000);
    equal(fixture.kinds.slice(3), ['primary', 'fallback'], 'a minute later');
  },

  async requiresSignInWhenTheServerKnowsNoSession() {
    const fixture = new Fixture({});
    fixture.canOpen = false;
    fixture.finding = 'signed-out';
    fixture.client.start();
    await fixture.clock.run(60_000);
    equal([fixture.client.state, fixture.connectedAt.length], ['sign-in', 1], 'state and connections');
  },

  async refusalEndsOnlyItsChannel() {
    const fixture = await Fixture.open({ position: null });
    fixture.connection.respond({ error: 'not-found' });
    await settle();
    equal([fixture.states, fixture.client.state], [['subscribing', 'ended not-found'], 'open'], 'states');
    await fixture.clock.run(50_000);
    equal(fixture.connection.requests.length, 1, 'requested once');
  },

  async resubscribesWhenTheServerIsUnavailable() {
    const fixture = await Fixture.open({ position: { epoch: 'e', offset: 1 } });
    fixture.connection.respond({ error: 'unavailable' });
    await fixture.clock.run(600);
    equal(fixture.connection.requests.length, 2, 'requests');
  },

  async failingChannelDoesNotBlockOthers() {
    const fixture = new Fixture({ position: { epoch: 'e', offset: 3 } });
    /** @type {Realtime.ChannelFrame[]} */
    const other = [];
    fixture.client.follow('user:u', { onFrame: (frame) => other.push(frame) });
    fixture.failingChannel = 'user:u';
    fixture.client.start();
    await settle();
    fixture.connection.respond({ recovered: true, epoch: 'e', offset: 3, events: [] });
    await settle();
    fixture.connection.push(at(4));
    equal([fixture.offsets, other], [[4], []], 'received');
  },

  async endsWhenTheServerUnsubscribes() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 });
    fixture.connection.push({ type: 'unsubscribed', channel, code: 4300 }, at(4));
    await fixture.clock.run(60_000);
    equal([fixture.states.at(-1), fixture.offsets, fixture.connection.requests.length], ['ended 4300', [], 1], 'in the end');
  },

  async closeUnsubscribes() {
    const fixture = await Fixture.live({ epoch: 'e', offset: 3 });
    fixture.subscription.close();
    fixture.connection.push(at(4));
    equal([fixture.connection.unsubscribed, fixture.offsets], [[channel], []], 'unsubscribed, and received');
  },
};
