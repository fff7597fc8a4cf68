// A client of channels: keeps one link, comes back when it breaks, and goes on in each channel exactly where it was.
// It is an EventTarget: `state` says that its state changed, `connected` brings the frame of that name.
//
//   stopped     not started, or stopped
//   connecting  on its way for the first time
//   open        the link is there
//   lost        the link broke; it comes back by itself
//   blocked     the server is there, but no link can be opened to it: a proxy forbids it. Another kind of link is tried,
//               and the first one again now and then
//   sign-in     the server wants another session; start() again with it
//   never       the server does not want this client any more
//
// Use:
//   const client = new ChannelClient({ createLink: (handlers) => new HubLink(hubAddress(), handlers) });
//   const following = client.follow('conversation:…', { position: { epoch, offset }, onFrame, onGap, replies });
//   client.start();

import { reconnectPlan } from '../close-codes.js';
import { ChannelFollower } from './channel-follower.js';
import { systemClock } from './clock.js';
import { Comeback } from './comeback.js';

const silenceMs = 60_000;
// What has lived so long did not break because of how it was opened.
const soundMs = 10_000;
const blockedAfter = 2;
// So long the other kind of link is taken where the first one could not be had.
const detourMs = 10 * 60_000;
const defaultHeartbeatSeconds = 15;

export class ChannelClient extends EventTarget {
  state = 'stopped';
  // The code of the last `closing` frame; null when the link just broke.
  closeCode = null;
  #createLink;
  #createOtherLink;
  #detourUntil = -Infinity;
  #probe;
  #clock;
  #random;
  #followers = new Map();
  #link = null;
  #asking = new Set();
  #plan = null;
  #comeback;
  #failures = 0;
  #openedAt = 0;
  #heartbeatMs = defaultHeartbeatSeconds * 1_000;
  #cancelSilence = () => {};

  // createLink(handlers) makes a link that is not open yet; createOtherLink one of another kind, for where the first is blocked.
  // probe() says why none can be opened: a promise of 'here', 'away' or 'signed-out'.
  // isHidden() is true while nobody looks: a link that is one too many then stays away.
  constructor({
    createLink, createOtherLink = null, probe = async () => 'away', isHidden = () => false,
    clock = systemClock, random = Math.random,
  }) {
    super();
    this.#createLink = createLink;
    this.#createOtherLink = createOtherLink;
    this.#probe = probe;
    this.#clock = clock;
    this.#random = random;
    this.#comeback = new Comeback(() => this.#connect(), { isHidden, clock, random });
  }

  start() {
    if (this.state === 'stopped' || this.state === 'sign-in' || this.state === 'never') {
      this.#comeback.forgetFailures();
      this.#leaveDetour();
      this.#become('connecting');
      this.#connect();
    }
  }

  stop() {
    this.#become('stopped');
    this.#comeback.cancel();
    this.#drop();
  }

  // Where a page is back from sleep, from another tab or from offline. `isNetworkNew` is for a link that cannot have lived.
  wake({ isNetworkNew = false } = {}) {
    if (isNetworkNew) {
      this.#leaveDetour();
    }

    this.#comeback.hurry();
    if (this.state === 'open' && (isNetworkNew || this.#isSilentFor(2 * this.#heartbeatMs))) {
      this.#lose();
    }
  }

  // For the handlers see ChannelFollower. Answers { resync(), close() }; whoever follows a channel anew takes it over.
  follow(name, handlers) {
    const client = { clock: this.#clock, random: this.#random, ask: (asking) => this.#ask(asking) };
    const follower = new ChannelFollower(name, handlers, client);
    this.#followers.get(name)?.close();
    this.#followers.set(name, follower);
    if (this.state === 'open') {
      follower.linkOpened();
    }

    return { resync: () => follower.resync(), close: () => this.#leave(follower) };
  }

  // Calls a method of the hub.
  invoke(target, ...args) {
    return this.#link ? this.#link.invoke(target, ...args) : Promise.reject(new Error('There is no link.'));
  }

  #leave(follower) {
    const wasOver = follower.state === 'over';
    follower.close();
    if (this.#followers.get(follower.name) !== follower) {
      return;
    }

    this.#followers.delete(follower.name);
    if (this.state === 'open' && !wasOver) {
      this.#link.unsubscribe([follower.name]).catch(() => {
        // A channel too many costs a frame that nobody takes, no more.
      });
    }
  }

  #connect() {
    this.#plan = null;
    let link = null;
    // A link that was dropped may still have something to say.
    const ifCurrent = (act) => (detail) => link === this.#link && act(detail);
    const create = this.#isOnDetour ? this.#createOtherLink : this.#createLink;
    link = create({
      onOpen: ifCurrent(() => this.#opened()),
      onFrames: ifCurrent((frames) => this.#receive(frames)),
      onEnd: ifCurrent(({ wasOpen }) => this.#ended(wasOpen)),
    });
    this.#link = link;
    link.open();
  }

  #opened() {
    this.#openedAt = this.#clock.now();
    if (!this.#isOnDetour) {
      this.#failures = 0;
    }

    this.closeCode = null;
    this.#become('open');
    this.#watchSilence(silenceMs);
    this.#followers.forEach((follower) => follower.linkOpened());
  }

  #receive(frames) {
    const link = this.#link;
    for (const frame of frames) {
      if (link !== this.#link) {
        return;
      }

      if (frame.channel !== undefined) {
        this.#followers.get(frame.channel)?.receive(frame);
      } else if (frame.type === 'closing') {
        this.closeCode = frame.code;
        this.#plan = reconnectPlan(frame.code, frame.reconnectAfterMs, this.#random);
        this.#lose();
      } else if (frame.type === 'connected') {
        this.#heartbeatMs = frame.heartbeatSeconds * 1_000;
        this.dispatchEvent(new CustomEvent('connected', { detail: frame }));
      }
    }
  }

  // All that are to be asked in this turn go as one command.
  #ask(follower) {
    if (this.state !== 'open') {
      return;
    }

    if (this.#asking.size === 0) {
      queueMicrotask(() => this.#askAll());
    }

    this.#asking.add(follower);
  }

  async #askAll() {
    const asked = [...this.#asking].filter((follower) => follower.state === 'waiting');
    this.#asking.clear();
    if (this.state !== 'open' || asked.length === 0) {
      return;
    }

    const link = this.#link;
    const answers = await this.#answersTo(link, asked.map((follower) => follower.request()));
    // Answers to a link that is gone say nothing of the one that followed.
    if (link === this.#link) {
      asked.forEach((follower) => this.#tell(follower, answers));
    }
  }

  // One that cannot be answered must not keep the others waiting: then each is asked by itself.
  async #answersTo(link, requests) {
    try {
      return await link.subscribe(requests);
    } catch (error) {
      if (requests.length === 1 || error.code === 'rate-limited' || link !== this.#link) {
        return requests.map(({ channel }) => ({ channel, error: error.code ?? 'unavailable' }));
      }
    }

    const answers = [];
    for (const request of requests) {
      answers.push(...await this.#answersTo(link, [request]));
    }

    return answers;
  }

  #tell(follower, answers) {
    const answer = answers.find(({ channel }) => channel === follower.name);
    follower.answered(answer ?? { error: 'unavailable' });
  }

  #ended(wasOpen) {
    this.#drop();
    if (wasOpen && this.#clock.now() - this.#openedAt >= soundMs) {
      this.#comeback.forgetFailures();
    }

    if (this.#plan) {
      this.#obey(this.#plan);
    } else if (wasOpen) {
      this.closeCode = null;
      this.#comeBack();
    } else {
      this.#consult();
    }
  }

  // The server said when to come back, or not to.
  #obey({ kind, delayMs }) {
    if (kind === 'after') {
      this.#become('lost');
      this.#comeback.afterTheServers(delayMs, { isLimited: this.closeCode >= 4100 });
    } else {
      this.#become(kind);
    }
  }

  #comeBack() {
    this.#become('lost');
    this.#comeback.soon();
  }

  // No link could be opened, and a browser does not say why.
  async #consult() {
    if (this.state === 'connecting') {
      this.#become('lost');
    }

    const finding = await this.#probe().catch(() => 'away');
    if (this.state !== 'lost' && this.state !== 'blocked') {
      return;
    }

    if (finding === 'signed-out') {
      this.#become('sign-in');
    } else if (finding !== 'here') {
      this.#leaveDetour();
      this.#comeBack();
    } else if ((this.#failures += 1) < blockedAfter) {
      this.#comeBack();
    } else {
      this.#become('blocked');
      this.#tryOtherWay();
    }
  }

  get #isOnDetour() {
    return this.#createOtherLink !== null && this.#clock.now() < this.#detourUntil;
  }

  #tryOtherWay() {
    if (this.#createOtherLink === null || this.#isOnDetour) {
      this.#detourUntil = -Infinity;
      this.#comeback.nowAndThen();
    } else {
      this.#detourUntil = this.#clock.now() + detourMs;
      this.#connect();
    }
  }

  #leaveDetour() {
    this.#detourUntil = -Infinity;
    this.#failures = 0;
  }

  #watchSilence(delayMs) {
    this.#cancelSilence = this.#clock.after(delayMs, () => {
      if (this.#isSilentFor(silenceMs)) {
        this.#lose();
      } else {
        this.#watchSilence(silenceMs - (this.#clock.now() - this.#link.heardAt));
      }
    });
  }

  #isSilentFor(limitMs) {
    return this.#clock.now() - this.#link.heardAt >= limitMs;
  }

  // As if the link had ended by itself.
  #lose() {
    this.#ended(true);
  }

  #drop() {
    const link = this.#link;
    this.#link = null;
    this.#cancelSilence();
    this.#asking.clear();
    link?.close();
    this.#followers.forEach((follower) => follower.linkLost());
  }

  #become(state) {
    if (this.state !== state) {
      this.state = state;
      this.dispatchEvent(new Event('state'));
    }
  }
}
