// One channel as a client follows it: each durable frame once and in order, whatever is lost, doubled or late on the way.
//
//   waiting   there is no link, or it is too early to ask
//   asking    Subscribe is under way. Frames may overtake its answer, so they are held until it is here
//   reading   the server could not say all that was missed: the subject is read anew over HTTP, frames are held
//   live      frames are handed on as they come
//   over      the server refused or ended it
//
// It asks again, from the position that it has, when a frame shows a hole. Nothing here knows of sockets.

import { backoffDelayMs } from '../backoff.js';
import { reconnectPlan } from '../close-codes.js';
import { isDurable, placeOf, reaches } from './channel-position.js';

// More than a link brings while an answer is under way. Beyond it, asking again is cheaper than keeping.
const heldLimit = 5_000;
const calmMs = 10_000;
const passingErrors = new Set(['unavailable', 'internal', 'rate-limited', null]);

export class ChannelFollower {
  name;
  state = 'waiting';
  position;
  #handlers;
  #client;
  #held = [];
  #asked = 0;
  #isReading = false;
  #attempt = 0;
  #lastAskAt = -Infinity;
  #cancelWait = () => {};

  // handlers, of which only onFrame is needed:
  //   onFrame(frame)        the next frame of the channel
  //   onGap()               read the subject anew; answers (a promise of) its { epoch, offset }, or null where HTTP has none
  //   replies()             the texts one has: [{ replyId, run, textOffset }]
  //   onState(state, code)  live | waiting | over, with the code of the end
  // client: ask(follower), clock, random
  constructor(name, { position = null, ...handlers }, client) {
    this.name = name;
    this.position = position;
    this.#handlers = handlers;
    this.#client = client;
  }

  // What to send to the server; from now on frames are held.
  request() {
    this.#asked += 1;
    this.#held = [];
    if (this.#isCalm()) {
      this.#attempt = 0;
    }

    this.#lastAskAt = this.#client.clock.now();
    this.#become('asking');
    return { channel: this.name, ...this.position, replies: this.#handlers.replies?.() ?? [] };
  }

  // A link is there. While the subject is being read there is no position to ask from; the end of that asks.
  linkOpened() {
    if (this.state === 'waiting' && !this.#isReading) {
      this.#client.ask(this);
    }
  }

  linkLost() {
    this.#asked += 1;
    this.#held = [];
    this.#cancelWait();
    if (this.state !== 'over') {
      this.#become('waiting');
    }
  }

  answered(answer) {
    if (this.state !== 'asking') {
      return;
    }

    if (answer.error !== undefined && answer.error !== null) {
      this.failed(answer.error);
    } else if (answer.recovered && answer.events.every((event) => this.#follow(event)) && reaches(this.position, answer)) {
      this.#goOn();
    } else {
      this.#readAnew({ epoch: answer.epoch, offset: answer.offset });
    }
  }

  // The question could not be answered.
  failed(code) {
    if (this.state !== 'asking') {
      return;
    }

    if (passingErrors.has(code)) {
      this.#askLater();
    } else {
      this.#become('over', code);
    }
  }

  receive(frame) {
    if (this.state === 'live') {
      this.#apply(frame);
    } else if (this.state === 'asking' || this.state === 'reading') {
      this.#hold(frame);
    }
  }

  // For text that is missing: the server is asked from what one has. At once, but not in a circle.
  resync() {
    if (this.state !== 'live') {
      return;
    }

    if (this.#isCalm()) {
      this.#become('waiting');
      this.#client.ask(this);
    } else {
      this.#askLater();
    }
  }

  close() {
    this.#asked += 1;
    this.#cancelWait();
    this.state = 'over';
    this.#held = [];
  }

  #apply(frame) {
    if (frame.type === 'gap') {
      // Without a position the answer is that the subject has to be read, and from where frames go on.
      this.position = null;
      this.resync();
    } else if (frame.type === 'unsubscribed') {
      this.#leave(frame.code);
    } else if (!isDurable(frame)) {
      this.#hand(frame);
    } else if (!this.#follow(frame)) {
      this.resync();
    }
  }

  // False for a frame that does not follow.
  #follow(frame) {
    const place = placeOf(frame, this.position);
    if (place === 'next') {
      this.position = { epoch: frame.epoch, offset: frame.offset };
      this.#hand(frame);
    }

    return place !== 'hole';
  }

  // A fault of the receiver's must not keep the frames that follow from anyone.
  #hand(frame) {
    try {
      this.#handlers.onFrame(frame);
    } catch (fault) {
      queueMicrotask(() => {
        throw fault;
      });
    }
  }

  #leave(code) {
    const plan = reconnectPlan(code, 0, this.#client.random);
    if (plan.kind === 'after') {
      this.#askLater();
    } else {
      this.#become('over', code);
    }
  }

  #hold(frame) {
    this.#held.push(frame);
    if (this.#held.length > heldLimit) {
      // What is not kept shows as a hole, and is asked for then.
      this.#held.shift();
    }
  }

  #goOn() {
    this.#become('live');
    const held = this.#held;
    this.#held = [];
    for (const frame of held) {
      // One of them may end the liveness of the channel; those after it then go the way of every frame.
      this.receive(frame);
    }
  }

  async #readAnew(floor) {
    const asked = this.#asked;
    this.#become('reading');
    this.#isReading = true;
    const isRead = await this.#readUntilItWorks(asked, floor);
    this.#isReading = false;
    if (this.state === 'over') {
      return;
    }

    if (isRead && asked === this.#asked && reaches(this.position, floor)) {
      this.#goOn();
    } else {
      // The link was lost meanwhile, or what was read is older than what the server speaks of.
      this.#become('waiting');
      this.#client.ask(this);
    }
  }

  // False when the link was lost before it worked: what is known then is no more than before.
  async #readUntilItWorks(asked, floor) {
    for (let attempt = 0; asked === this.#asked; attempt += 1) {
      try {
        this.position = await this.#handlers.onGap?.() ?? floor;
        return true;
      } catch {
        const delayMs = backoffDelayMs(attempt, { random: this.#client.random });
        await new Promise((resolve) => this.#client.clock.after(delayMs, resolve));
      }
    }

    return false;
  }

  #isCalm() {
    return this.#client.clock.now() - this.#lastAskAt > calmMs;
  }

  #askLater() {
    const delayMs = backoffDelayMs(this.#attempt, { random: this.#client.random });
    this.#attempt += 1;
    this.#become('waiting');
    this.#cancelWait();
    this.#cancelWait = this.#client.clock.after(delayMs, () => this.linkOpened());
  }

  #become(state, code = null) {
    if (this.state !== state) {
      this.state = state;
      this.#handlers.onState?.(state, code);
    }
  }
}
