// A server with one channel, as small as it can be: what has happened, the replies with their texts, and links that lose,
// double and reorder what they are given.

export const channel = 'conversation:model';

const historyLimit = 12;

export class ModelServer {
  log = [];
  replies = new Map();
  isFaulty = true;
  #random;
  #clock;
  #epoch = 1;
  #offset = 0;
  #history = [];
  #links = new Set();
  #ids = 0;

  constructor(clock, random) {
    this.#clock = clock;
    this.#random = random;
  }

  get position() {
    return { epoch: `e${this.#epoch}`, offset: this.#offset };
  }

  get links() {
    return this.#links.size;
  }

  // One thing happens, whatever the dice say.
  act() {
    const dice = this.#random();
    const open = [...this.replies.values()].filter((reply) => !reply.end);
    const reply = open[Math.floor(this.#random() * open.length)];
    if (dice < 0.1) {
      this.#publish({ type: 'new-message', id: (this.#ids += 1) });
    } else if (dice < 0.2 && open.length < 3) {
      this.#begin({ id: `r${(this.#ids += 1)}`, run: 0, text: '', texts: {} });
    } else if (dice < 0.23 && reply) {
      this.#begin(reply);
    } else if (dice < 0.28 && reply) {
      this.#end(reply);
    } else if (dice < 0.285) {
      this.#loseContinuity();
    } else if (reply) {
      this.#say(reply);
    }
  }

  // One more frame of everything that can have one.
  touchEverything() {
    this.#publish({ type: 'new-message', id: (this.#ids += 1) });
    [...this.replies.values()].filter((reply) => !reply.end).forEach((reply) => this.#say(reply));
  }

  // What GET …/messages tells: everything, and the position it is true for.
  read() {
    const ended = [...this.replies.values()].filter((reply) => reply.end);
    return { log: [...this.log], ended: new Map(ended.map(({ id, text }) => [id, text])), position: this.position };
  }

  link(handlers) {
    return new ModelLink(this, this.#clock, this.#random, handlers);
  }

  join(link) {
    this.#links.add(link);
  }

  leave(link) {
    this.#links.delete(link);
  }

  cutAll() {
    [...this.#links].forEach((link) => link.close());
  }

  answer({ epoch, offset }) {
    const missed = this.#offset - offset;
    const isKnown = epoch === this.position.epoch && missed >= 0 && missed <= this.#history.length;
    const events = isKnown && missed > 0 ? this.#history.slice(-missed) : [];
    return { channel, recovered: isKnown, ...this.position, events };
  }

  // What a new subscriber is sent after its answer was made: for each open reply what it lacks.
  catchUp(known) {
    return [...this.replies.values()].filter((reply) => !reply.end && reply.run > 0).map((reply) => {
      const had = known.find(({ replyId }) => replyId === reply.id);
      return had?.run === reply.run && had.textOffset <= reply.text.length
        ? delta(reply, had.textOffset, reply.text.length)
        : { type: 'snapshot', channel, replyId: reply.id, run: reply.run, text: reply.text, status: 'generating' };
    });
  }

  #begin(reply) {
    this.replies.set(reply.id, reply);
    reply.run += 1;
    reply.text = '';
    reply.texts[reply.run] = '';
    this.#send({ type: 'ai-response-started', channel, replyId: reply.id, run: reply.run });
  }

  #say(reply) {
    const from = reply.text.length;
    const size = 1 + Math.floor(this.#random() * 6);
    for (let at = 0; at < size; at += 1) {
      reply.text += String.fromCharCode(97 + Math.floor(this.#random() * 26));
    }

    reply.texts[reply.run] = reply.text;
    this.#send(delta(reply, from, reply.text.length));
  }

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

  #publish(event) {
    this.#offset += 1;
    const frame = { channel, ...this.position, ...event };
    this.log.push(event.id);
    this.#history = [...this.#history, frame].slice(-historyLimit);
    this.#send(frame);
  }

  #send(frame) {
    this.#links.forEach((link) => link.push(frame));
  }
}

function delta(reply, from, to) {
  const text = reply.text.slice(from, to);
  return { type: 'ai-response-delta', channel, replyId: reply.id, run: reply.run, textOffset: from, text };
}

const faultShare = 0.04;

class ModelLink {
  heardAt;
  #server;
  #clock;
  #random;
  #handlers;
  #isOpen = false;
  #isOver = false;
  #isSubscribed = false;

  constructor(server, clock, random, handlers) {
    this.#server = server;
    this.#clock = clock;
    this.#random = random;
    this.#handlers = handlers;
    this.heardAt = clock.now();
  }

  open() {
    this.#later(5, () => {
      this.#isOpen = true;
      this.#server.join(this);
      this.#handlers.onOpen();
    });
  }

  subscribe([request]) {
    return new Promise((resolve, reject) => {
      this.#later(4, () => {
        if (this.#server.isFaulty && this.#random() < faultShare) {
          reject(Object.assign(new Error('unavailable'), { code: 'unavailable' }));
          return;
        }

        const answer = this.#server.answer(request);
        const frames = this.#server.catchUp(request.replies);
        this.#isSubscribed = true;
        // Slower than frames, so that those overtake it.
        this.#later(12, () => resolve([answer]));
        frames.forEach((frame) => this.push(frame));
      });
    });
  }

  async unsubscribe() {
    this.#isSubscribed = false;
  }

  // Frames keep their order, except where a fault wants it otherwise.
  push(frame) {
    if (!this.#isSubscribed) {
      return;
    }

    const dice = this.#server.isFaulty ? this.#random() : 1;
    if (dice < faultShare) {
      return;
    }

    const delayMs = dice < 2 * faultShare ? 3 + this.#random() * 20 : 3;
    this.#clock.after(delayMs, () => this.#deliver(frame));
    if (dice > 1 - faultShare && this.#server.isFaulty) {
      this.#clock.after(3 + this.#random() * 20, () => this.#deliver(frame));
    }
  }

  close() {
    if (!this.#isOver) {
      const wasOpen = this.#isOpen;
      this.#isOver = true;
      this.#server.leave(this);
      this.#handlers.onEnd({ wasOpen });
    }
  }

  #deliver(frame) {
    this.#later(0, () => {
      this.heardAt = this.#clock.now();
      this.#handlers.onFrames([structuredClone(frame)]);
    });
  }

  #later(delayMs, act) {
    this.#clock.after(delayMs * this.#random(), () => this.#isOver || act());
  }
}
