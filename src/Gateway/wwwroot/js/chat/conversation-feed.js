// Feeds an open conversation with frames: from its channel over the page's connection or, while that is not available, from
// the event stream of each open reply. Frames mean the same on both ways, and may arrive on both for a moment.

import { pageConnection } from '../realtime/page-connection.js';
import { ReplyStreams } from '../replies/reply-streams.js';
import { closeCodes } from '../shared/contract.js';

// How long the page's connection may be missing before reply streams are opened.
const streamDelayMs = 2_000;
// In these states no streams are tried, because the server refused the user, not the transport.
const refusedStates = ['closed', 'sign-in'];

export class ConversationFeed {
  #handlers;
  #streams;
  #subscription = null;
  isLive = false;
  #usesStreams = false;
  #streamTimer = null;
  #onConnectionState = () => this.#chooseSource();

  // handlers:
  //   onFrame(frame)                           a frame of the channel
  //   onGap()                                  reads the conversation again; resolves to its { epoch, offset }
  //   onReplyFrame(replyId, type, frame)       a frame of a reply stream
  //   onStoredReply(replyId, stored) → ended   the stored reply, read when its stream cannot be opened
  //   onConnection(replyId, state)             open | lost | closed | sign-in
  //   onRemoved()                              the conversation was deleted or is not accessible
  //   openReplies() → ids                      textOffsets() → [{ replyId, run, textOffset }]
  constructor(handlers) {
    this.#handlers = handlers;
    this.#streams = new ReplyStreams({
      onFrame: handlers.onReplyFrame,
      onConnection: handlers.onConnection,
      onStoredReply: handlers.onStoredReply,
    });
    pageConnection.addEventListener('state', this.#onConnectionState);
  }

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

  unwatch(replyId) {
    this.#streams.unwatch(replyId);
  }

  // Called when text of the reply is missing.
  resync(replyId) {
    this.#subscription?.resync();
    this.#streams.reopen(replyId);
  }

  close() {
    pageConnection.removeEventListener('state', this.#onConnectionState);
    clearTimeout(this.#streamTimer);
    this.#streamTimer = null;
    this.#usesStreams = false;
    this.#subscription?.close();
    this.#streams.close();
  }

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
    clearTimeout(this.#streamTimer);
    this.#streamTimer = null;
    this.#usesStreams = true;
    this.watch();
  }

  #closeStreams() {
    clearTimeout(this.#streamTimer);
    this.#streamTimer = null;
    this.#usesStreams = false;
    this.#streams.close();
  }

  #reportConnection(state) {
    this.#handlers.openReplies().forEach((replyId) => this.#handlers.onConnection(replyId, state));
  }
}
