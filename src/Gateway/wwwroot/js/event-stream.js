// The frames of one reply, over EventSource, until the reply has ended.
//
// Three ways to lose the stream, three ways back:
//   the link drops           EventSource comes back by itself, with its cursor, after the server's jittered `retry`
//   the server says closing  the frame's code decides when, or whether
//   the answer is 204/404/5xx  EventSource gives up without saying why, so the stored reply is read: ended replies
//                            settle from it, open ones get a new stream after a jittered delay
// A stream that is silent for 60 s is opened anew: comments that keep a link alive are not seen by a page.

import { backoffDelayMs } from './backoff.js';
import { reconnectPlan } from './close-codes.js';

const silenceLimitMs = 60_000;
const pollCapMs = 3_000;
const terminalFrames = new Set(['ai-response-complete', 'ai-response-error', 'ai-response-cancelled']);
const frameTypes = [
  'ai-response-queued', 'ai-response-started', 'ai-response-delta', 'ai-response-retrying', 'snapshot', 'closing',
  ...terminalFrames,
];

export class ReplyEventStream {
  #url;
  #onFrame;
  #onLink;
  #readReply;
  #onStoredReply;
  #createSource;
  #random;
  #source = null;
  #timer = null;
  #silence = null;
  #attempt = 0;
  #closed = false;

  constructor(url, handlers, { createSource = (address) => new EventSource(address), random = Math.random } = {}) {
    this.#url = url;
    this.#onFrame = handlers.onFrame;
    this.#onLink = handlers.onLink;
    this.#readReply = handlers.readReply;
    this.#onStoredReply = handlers.onStoredReply;
    this.#createSource = createSource;
    this.#random = random;
  }

  open() {
    if (this.#closed) {
      return;
    }

    this.#release();
    const source = this.#createSource(this.#url);
    this.#source = source;
    for (const type of frameTypes) {
      source.addEventListener(type, (event) => this.#receive(type, event));
    }

    source.addEventListener('error', () => this.#lost(source));
    this.#watchSilence();
  }

  // For text that is missing. The pause keeps a server that never fills the gap from being asked without end.
  reopen() {
    this.#release();
    this.#openAfter(backoffDelayMs(0, { random: this.#random }));
  }

  close() {
    this.#closed = true;
    this.#release();
  }

  #receive(type, event) {
    this.#attempt = 0;
    this.#watchSilence();
    const frame = JSON.parse(event.data);
    if (type === 'closing') {
      this.#leave(frame);
      return;
    }

    this.#onLink('open');
    if (terminalFrames.has(type)) {
      // Left open, EventSource would ask again for a stream that has ended.
      this.close();
    }

    this.#onFrame(type, frame);
  }

  #leave({ code, reconnectAfterMs }) {
    this.#release();
    const plan = reconnectPlan(code, reconnectAfterMs, this.#random);
    if (plan.kind === 'after') {
      this.#openAfter(plan.delayMs);
    } else {
      this.#onLink(plan.kind);
    }
  }

  #lost(source) {
    if (this.#closed || source !== this.#source) {
      return;
    }

    this.#onLink('lost');
    if (source.readyState === 2) {
      this.#release();
      this.#consultStoredReply();
    }
  }

  async #consultStoredReply() {
    let capMs;
    try {
      const { reply } = await this.#readReply();
      if (!this.#closed && this.#onStoredReply(reply)) {
        this.close();
        return;
      }

      // The server is there and the reply goes on: its text is read in short steps until a stream is to be had.
      capMs = pollCapMs;
    } catch (problem) {
      if (problem.status === 404 || problem.status === 401) {
        this.close();
        this.#onLink(problem.status === 401 ? 'sign-in' : 'never');
        return;
      }
    }

    this.#openAfter(backoffDelayMs(this.#attempt, { capMs, random: this.#random }));
    this.#attempt += 1;
  }

  #openAfter(delayMs) {
    if (!this.#closed) {
      this.#timer = setTimeout(() => this.open(), delayMs);
    }
  }

  #watchSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.open(), silenceLimitMs);
  }

  #release() {
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#source?.close();
    this.#source = null;
  }
}
