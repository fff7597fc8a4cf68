// A ChannelClient that follows one channel, over links that say what a scenario wants.

import { ChannelClient } from '../realtime/channel-client.js';
import { settle, VirtualClock } from './virtual-clock.js';

export const channel = 'conversation:c';

export class Stage {
  clock = new VirtualClock();
  made = [];
  frames = [];
  states = [];
  kinds = [];
  canOpen = true;
  canOpenOther = true;
  isHidden = false;
  finding = 'away';
  failing = null;

  constructor(handlers, { hasOther = false } = {}) {
    const createLink = (linkHandlers, kind) => {
      this.made.push(this.clock.now());
      this.kinds.push(kind);
      this.link = new ScriptedLink(this, linkHandlers, kind === 'first' ? this.canOpen : this.canOpenOther);
      return this.link;
    };
    this.client = new ChannelClient({
      createLink: (linkHandlers) => createLink(linkHandlers, 'first'),
      createOtherLink: hasOther ? (linkHandlers) => createLink(linkHandlers, 'other') : null,
      probe: async () => this.finding,
      isHidden: () => this.isHidden,
      clock: this.clock,
      random: () => 0.5,
    });
    this.following = this.client.follow(channel, {
      onFrame: (frame) => this.frames.push(frame),
      onState: (state, code) => this.states.push(code ? `${state} ${code}` : state),
      ...handlers,
    });
  }

  get offsets() {
    return this.frames.map(({ offset }) => offset);
  }

  // The server is there, and a link of the first kind cannot be had.
  static behindAProxy() {
    const stage = new Stage({}, { hasOther: true });
    stage.canOpen = false;
    stage.finding = 'here';
    stage.client.start();
    return stage;
  }

  // Open, and asked.
  static async open(handlers) {
    const stage = new Stage(handlers);
    stage.client.start();
    await settle();
    return stage;
  }

  // And answered.
  static async live(position, handlers = {}) {
    const stage = await Stage.open({ position, ...handlers });
    stage.link.answer({ recovered: true, ...position, events: [] });
    await settle();
    return stage;
  }
}

class ScriptedLink {
  asked = [];
  left = [];
  #stage;
  #handlers;
  #canOpen;
  #resolve;
  #hasEnded = false;

  constructor(stage, handlers, canOpen) {
    this.#stage = stage;
    this.#handlers = handlers;
    this.#canOpen = canOpen;
    this.heardAt = stage.clock.now();
  }

  open() {
    if (this.#canOpen) {
      this.#handlers.onOpen();
    } else {
      this.#end(false);
    }
  }

  subscribe(requests) {
    if (requests.some((request) => request.channel === this.#stage.failing)) {
      return Promise.reject(Object.assign(new Error('A fault.'), { code: 'internal' }));
    }

    this.asked.push(requests);
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  async unsubscribe(channels) {
    this.left.push(...channels);
  }

  close() {
    this.#end(true);
  }

  answer(answer) {
    this.#resolve([{ channel, ...answer }]);
  }

  say(...frames) {
    this.#handlers.onFrames(frames);
  }

  break() {
    this.#end(true);
  }

  #end(wasOpen) {
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      this.#handlers.onEnd({ wasOpen });
    }
  }
}
