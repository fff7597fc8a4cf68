// A minimal model of a server with one channel: its event log, the replies with their texts, and connections that lose,
// duplicate and reorder frames.

export const channel = 'conversation:model';

/** @typedef {{ id: string, run: number, text: string, texts: Record<number, string>, end?: boolean }} ModelReply */
/** @typedef {{ type: Realtime.ChannelFrame['type'], channel: string, [property: string]: unknown }} ModelFrame */
/** @typedef {ModelFrame & Realtime.Position} ModelEvent */

const historyLimit = 12;

export class ModelServer {
  /** @type {(number | string)[]} */ log = [];
  /** @type {Map<string, ModelReply>} */ replies = new Map();
  isFaulty = true;
  #random;
  #clock;
  #epoch = 1;
  #offset = 0;
  /** @type {ModelEvent[]} */ #history = [];
  /** @type {Set<ModelConnection>} */ #connections = new Set();
  #ids = 0;

  /** @param {Realtime.Clock} clock @param {() => number} random */
  constructor(clock, random) {
    this.#clock = clock;
    this.#random = random;
  }

  get position() {
    return { epoch: `e${this.#epoch}`, offset: this.#offset };
  }

  get connectionCount() {
    return this.#connections.size;
  }

  // Performs one random action.
  step() {
    const roll = this.#random();
    const open = [...this.replies.values()].filter((reply) => !reply.end);
    const reply = open[Math.floor(this.#random() * open.length)];
    if (roll < 0.1) {
      this.#publish({ type: 'new-message', id: (this.#ids += 1) });
    } else if (roll < 0.2 && open.length < 3) {
      this.#begin({ id: `r${(this.#ids += 1)}`, run: 0, text: '', texts: {} });
    } else if (roll < 0.23 && reply) {
      this.#begin(reply);
    } else if (roll < 0.28 && reply) {
      this.#end(reply);
    } else if (roll < 0.285) {
      this.#loseContinuity();
    } else if (reply) {
      this.#appendText(reply);
    }
  }

  // Sends one more frame for the log and for every open reply.
  sendFramesForAll() {
    this.#publish({ type: 'new-message', id: (this.#ids += 1) });
    [...this.replies.values()].filter((reply) => !reply.end).forEach((reply) => this.#appendText(reply));
  }

  // The result of GET …/messages: all messages, and the channel position they correspond to.
  read() {
    const ended = [...this.replies.values()].filter((reply) => reply.end);
    return { log: [...this.log], ended: new Map(ended.map(({ id, text }) => [id, text])), position: this.position };
  }

  /** @param {Realtime.ConnectionHandlers} handlers */
  connect(handlers) {
    return new ModelConnection(this, this.#clock, this.#random, handlers);
  }

  /** @param {ModelConnection} connection */
  attach(connection) {
    this.#connections.add(connection);
  }

  /** @param {ModelConnection} connection */
  detach(connection) {
    this.#connections.delete(connection);
  }

  disconnectAll() {
    [...this.#connections].forEach((connection) => connection.close());
  }

  /** @param {Realtime.SubscribeRequest} request */
  subscribeResult({ epoch, offset = NaN }) {
    const missed = this.#offset - offset;
    const isKnown = epoch === this.position.epoch && missed >= 0 && missed <= this.#history.length;
    const events = isKnown && missed > 0 ? this.#history.slice(-missed) : [];
    return { channel, recovered: isKnown, ...this.position, events };
  }

  // The frames that follow a Subscribe result: for each open reply the text that the subscriber lacks.
  /** @param {Realtime.TextPosition[]} known @returns {ModelFrame[]} */
  catchUp(known) {
    return [...this.replies.values()].filter((reply) => !reply.end && reply.run > 0).map((reply) => {
      const received = known.find(({ replyId }) => replyId === reply.id);
      return received?.run === reply.run && received.textOffset <= reply.text.length
        ? delta(reply, received.textOffset, reply.text.length)
        : { type: 'snapshot', channel, replyId: reply.id, run: reply.run, text: reply.text, status: 'generating' };
    });
  }

  /** @param {ModelReply} reply */
  #begin(reply) {
    this.replies.set(reply.id, reply);
    reply.run += 1;
    reply.text = '';
    reply.texts[reply.run] = '';
    this.#send({ type: 'ai-response-started', channel, replyId: reply.id, run: reply.run });
  }

  /** @param {ModelReply} reply */
  #appendText(reply) {
    const from = reply.text.length;
    const size = 1 + Math.floor(this.#random() * 6);
    for (let at = 0; at < size; at += 1) {
      reply.text += String.fromCharCode(97 + Math.floor(this.#random() * 26));
    }

    reply.texts[reply.run] = reply.text;
    this.#send(delta(reply, from, reply.text.length));
  }

  /** @param {ModelReply} reply */
  #end(reply) {
    reply.end = true;
    this.#publish({ type: 'ai-response-complete', id: reply.id, replyId: reply.id, run: reply.run, message: { content: reply.text } });
  }

  #loseContinuity() {
    this.#epoch += 1;
    this.#offset = 0;
    this.#history = [];
    this.#send({ type: 'gap', channel, from: 1, to: 0, reason: 'epoch-changed' });
  }

  /** @param {{ type: ModelFrame['type'], id: number | string, [property: string]: unknown }} event */
  #publish(event) {
    this.#offset += 1;
    const frame = { channel, ...this.position, ...event };
    this.log.push(event.id);
    this.#history = [...this.#history, frame].slice(-historyLimit);
    this.#send(frame);
  }

  /** @param {ModelFrame} frame */
  #send(frame) {
    this.#connections.forEach((connection) => connection.push(frame));
  }
}

/** @param {ModelReply} reply @param {number} from @param {number} to @returns {ModelFrame} */
function delta(reply, from, to) {
  const text = reply.text.slice(from, to);
  return { type: 'ai-response-delta', channel, replyId: reply.id, run: reply.run, textOffset: from, text };
}

const faultRate = 0.04;

/** @implements {Realtime.Connection} */
class ModelConnection {
  lastSeenAt;
  #server;
  #clock;
  #random;
  #handlers;
  #isOpen = false;
  #hasEnded = false;
  #isSubscribed = false;

  /**
   * @param {ModelServer} server
   * @param {Realtime.Clock} clock
   * @param {() => number} random
   * @param {Realtime.ConnectionHandlers} handlers
   */
  constructor(server, clock, random, handlers) {
    this.#server = server;
    this.#clock = clock;
    this.#random = random;
    this.#handlers = handlers;
    this.lastSeenAt = clock.now();
  }

  open() {
    this.#later(5, () => {
      this.#isOpen = true;
      this.#server.attach(this);
      this.#handlers.onOpen();
    });
  }

  /** @param {Realtime.SubscribeRequest[]} requests @returns {Promise<Realtime.SubscribeResult[]>} */
  subscribe([request]) {
    return new Promise((resolve, reject) => {
      this.#later(4, () => {
        if (this.#server.isFaulty && this.#random() < faultRate) {
          reject(Object.assign(new Error('unavailable'), { code: 'unavailable' }));
          return;
        }

        const result = /** @type {Realtime.SubscribeResult} */ (this.#server.subscribeResult(request));
        const frames = this.#server.catchUp(request.replies ?? []);
        this.#isSubscribed = true;
        // The result is slower than the frames, so that they overtake it.
        this.#later(12, () => resolve([result]));
        frames.forEach((frame) => this.push(frame));
      });
    });
  }

  // The property calls no method of the hub.
  async invoke() {}

  async unsubscribe() {
    this.#isSubscribed = false;
  }

  // Frames keep their order unless a fault reorders them.
  /** @param {ModelFrame} frame */
  push(frame) {
    if (!this.#isSubscribed) {
      return;
    }

    const roll = this.#server.isFaulty ? this.#random() : 1;
    if (roll < faultRate) {
      return;
    }

    const delayMs = roll < 2 * faultRate ? 3 + this.#random() * 20 : 3;
    this.#clock.after(delayMs, () => this.#deliver(frame));
    if (roll > 1 - faultRate && this.#server.isFaulty) {
      this.#clock.after(3 + this.#random() * 20, () => this.#deliver(frame));
    }
  }

  close() {
    if (!this.#hasEnded) {
      const wasOpen = this.#isOpen;
      this.#hasEnded = true;
      this.#server.detach(this);
      this.#handlers.onEnd({ wasOpen });
    }
  }

  /** @param {ModelFrame} frame */
  #deliver(frame) {
    this.#later(0, () => {
      this.lastSeenAt = this.#clock.now();
      // The model's frames have only what this property needs of them.
      this.#handlers.onFrames(/** @type {Realtime.Frame[]} */ (/** @type {unknown} */ ([structuredClone(frame)])));
    });
  }

  /** @param {number} delayMs @param {() => void} action */
  #later(delayMs, action) {
    this.#clock.after(delayMs * this.#random(), () => this.#hasEnded || action());
  }
}
