// The frames of one reply, over EventSource, until the reply has ended.
//
// A stream can end early in three ways, each with its own recovery:
//   the connection drops           EventSource reconnects by itself, with its cursor, after the server's jittered `retry`
//   the server sends `closing`     the frame's code decides when to reconnect, or whether
//   the response is 204/404/5xx    EventSource gives up without a reason, so the stored reply is read: ended replies settle
//                                  from it, open ones get a new stream after a jittered delay
// A stream that is silent for 60 s is opened again, because a page does not see the comments that keep a connection alive.

import { reconnectPlan } from '../realtime/close-codes.js';
import { backoffDelayMs } from '../shared/backoff.js';
import { replyFrameTypes, terminalReplyFrameTypes } from '../shared/contract.js';
import { hasStatus } from '../shared/problem.js';

/**
 * @typedef {object} Handlers
 * @property {(type: Realtime.ReplyFrame['type'], frame: Realtime.ReplyFrame) => void} onFrame
 * @property {(state: Realtime.ClientState) => void} onConnection
 * @property {() => Promise<{ reply: Api.Reply }>} readReply
 * @property {(stored: Api.Reply) => boolean} onStoredReply returns whether the reply has ended
 */

const silenceLimitMs = 60_000;
const pollCapMs = 3_000;
/** @type {Set<Realtime.ReplyFrame['type'] | 'closing'>} */
const terminalFrames = new Set(terminalReplyFrameTypes);
/** @type {(Realtime.ReplyFrame['type'] | 'closing')[]} */
const frameTypes = [...replyFrameTypes, 'closing'];

export class ReplyEventStream {
  #url;
  #onFrame;
  #onConnection;
  #readReply;
  #onStoredReply;
  #createSource;
  #random;
  /** @type {EventSource | null} */ #source = null;
  /** @type {number | undefined} */ #timer;
  /** @type {number | undefined} */ #silenceTimer;
  #attempt = 0;
  #closed = false;

  /**
   * @param {string} url
   * @param {Handlers} handlers
   * @param {{ createSource?: (url: string) => EventSource, random?: () => number }} options
   */
  constructor(url, handlers, { createSource = (address) => new EventSource(address), random = Math.random } = {}) {
    this.#url = url;
    this.#onFrame = handlers.onFrame;
    this.#onConnection = handlers.onConnection;
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

    source.addEventListener('error', () => this.#onError(source));
    this.#watchSilence();
  }

  // Called when text is missing. The delay prevents a tight loop when the server never closes the gap.
  reopen() {
    this.#release();
    this.#openAfter(backoffDelayMs(0, { random: this.#random }));
  }

  close() {
    this.#closed = true;
    this.#release();
  }

  /** @param {Realtime.ReplyFrame['type'] | 'closing'} type @param {MessageEvent<string>} event */
  #receive(type, event) {
    this.#attempt = 0;
    this.#watchSilence();
    const frame = JSON.parse(event.data);
    if (type === 'closing') {
      this.#onClosing(frame);
      return;
    }

    this.#onConnection('open');
    if (terminalFrames.has(type)) {
      // An open EventSource would request the ended stream again.
      this.close();
    }

    this.#onFrame(type, frame);
  }

  /** @param {Realtime.Closing} frame */
  #onClosing({ code, reconnectAfterMs }) {
    this.#release();
    const plan = reconnectPlan(code, reconnectAfterMs, this.#random);
    if (plan.kind === 'after') {
      this.#openAfter(plan.delayMs);
    } else {
      this.#onConnection(plan.kind);
    }
  }

  /** @param {EventSource} source */
  #onError(source) {
    if (this.#closed || source !== this.#source) {
      return;
    }

    this.#onConnection('lost');
    if (source.readyState === 2) {
      this.#release();
      this.#readStoredReply();
    }
  }

  async #readStoredReply() {
    let capMs;
    try {
      const { reply } = await this.#readReply();
      if (!this.#closed && this.#onStoredReply(reply)) {
        this.close();
        return;
      }

      // The server is reachable and the reply is open: its text is polled at short intervals until a stream can be opened.
      capMs = pollCapMs;
    } catch (problem) {
      if (hasStatus(problem, 404, 401)) {
        this.close();
        this.#onConnection(hasStatus(problem, 401) ? 'sign-in' : 'closed');
        return;
      }
    }

    this.#openAfter(backoffDelayMs(this.#attempt, { capMs, random: this.#random }));
    this.#attempt += 1;
  }

  /** @param {number} delayMs */
  #openAfter(delayMs) {
    if (!this.#closed) {
      this.#timer = setTimeout(() => this.open(), delayMs);
    }
  }

  #watchSilence() {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.open(), silenceLimitMs);
  }

  #release() {
    clearTimeout(this.#timer);
    clearTimeout(this.#silenceTimer);
    this.#source?.close();
    this.#source = null;
  }
}
