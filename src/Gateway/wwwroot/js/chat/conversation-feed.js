// Feeds an open conversation with frames: from its channel over the page's connection or, while that is not available, from
// the event stream of each open reply. Frames mean the same on both ways, and may arrive on both for a moment.

import { pageConnection } from '../realtime/page-connection.js';
import { ReplyStreams } from '../replies/reply-streams.js';
import { closeCodes } from '../shared/contract.js';

// How long the page's connection may be missing before reply streams are opened.
const streamDelayMs = 2_000;
// In these states no streams are tried, because the server refused the user, not the transport.
/** @type {Realtime.ClientState[]} */
const refusedStates = ['closed', 'sign-in'];

/**
 * @typedef {object} Handlers
 * @property {(frame: Realtime.ChannelFrame) => void} onFrame a frame of the channel
 * @property {() => Promise<Realtime.Position | null>} onGap reads the conversation again
 * @property {(replyId: string, type: Realtime.ReplyFrame['type'], frame: Realtime.ReplyFrame) => void} onReplyFrame of a reply stream
 * @property {(replyId: string, stored: Api.Reply) => boolean} onStoredReply
 *   the stored reply, read when its stream cannot be opened; returns whether it has ended
 * @property {(replyId: string, state: Realtime.ClientState) => void} onConnection open | lost | closed | sign-in
 * @property {() => void} onRemoved the conversation was deleted or is not accessible
 * @property {() => string[]} openReplies the ids of the open replies
 * @property {() => Realtime.TextPosition[]} textOffsets
 */

export class ConversationFeed {
  #handlers;
  #streams;
  /** @type {Realtime.Subscription | null} */ #subscription = null;
  isLive = false;
  #usesStreams = false;
  /** @type {number | null} */ #streamTimer = null;
  #onConnectionState = () => this.#chooseSource();

  /** @param {Handlers} handlers */
  constructor(handlers) {
    this.#handlers = handlers;
    this.#streams = new ReplyStreams({
      onFrame: handlers.onReplyFrame,
      onConnection: handlers.onConnection,
      onStoredReply: handlers.onStoredReply,
    });
    pageConnection.addEventListener('state', this.#onConnectionState);
  }

  /** @param {string} conversationId @param {Realtime.Position | null} position */
  follow(conversationId, position) {
    this.#subscription = pageConnection.follow(`conversation:${conversationId}`, {
      position,
      onFrame: (frame) => this.#handlers.onFrame(frame),
      onGap: () => this.#handlers.onGap(),
      replies: () => this.#handlers.textOffsets(),
      onState: (state, code) => this.#onChannelState(state, code),
    });
    this.#chooseSource();
  }

  get isFollowing() {
    return this.#subscription !== null;
  }

  // Called when the set of open replies has changed.
  watch() {
    if (this.#usesStreams) {
      const open = this.#handlers.openReplies();
      this.#streams.retain(open);
      open.forEach((replyId) => this.#streams.watch(replyId));
    } else if (['lost', ...refusedStates].includes(pageConnection.state)) {
      this.#reportConnection(pageConnection.state);
    }
  }

  /** @param {string} replyId */
  unwatch(replyId) {
    this.#streams.unwatch(replyId);
  }

  // Called when text of the reply is missing.
  /** @param {string} replyId */
  resync(replyId) {
    this.#subscription?.resync();
    this.#streams.reopen(replyId);
  }

  close() {
    pageConnection.removeEventListener('state', this.#onConnectionState);
    this.#cancelStreams();
    this.#usesStreams = false;
    this.#subscription?.close();
    this.#streams.close();
  }

  /** @param {Realtime.FollowerState} state @param {string | number | null} code */
  #onChannelState(state, code) {
    this.isLive = state === 'live';
    if (state === 'ended' && (code === 'not-found' || code === closeCodes.removed)) {
      this.#handlers.onRemoved();
    } else {
      this.#chooseSource();
    }
  }

  #chooseSource() {
    if (this.#subscription === null) {
      return;
    }

    const { state } = pageConnection;
    if (this.isLive || refusedStates.includes(state)) {
      this.#closeStreams();
      this.#reportConnection(this.isLive ? 'open' : state);
      return;
    }

    if (state === 'lost') {
      this.#reportConnection('lost');
    }

    if (state === 'stopped' || state === 'blocked') {
      this.#openStreams();
    } else {
      // The connection may be back soon, so streams are opened only after a delay.
      this.#streamTimer ??= setTimeout(() => this.#openStreams(), streamDelayMs);
    }
  }

  #openStreams() {
    this.#cancelStreams();
    this.#usesStreams = true;
    this.watch();
  }

  #cancelStreams() {
    clearTimeout(this.#streamTimer ?? undefined);
    this.#streamTimer = null;
  }

  #closeStreams() {
    this.#cancelStreams();
    this.#usesStreams = false;
    this.#streams.close();
  }

  /** @param {Realtime.ClientState} state */
  #reportConnection(state) {
    this.#handlers.openReplies().forEach((replyId) => this.#handlers.onConnection(replyId, state));
  }
}
