// What an open conversation hears: its channel over the page's link, and while that cannot be had the stream of each
// open reply. Frames mean the same whichever way they come, and may come both ways for a moment.

import { pageLink } from './page-link.js';
import { ReplyFeed } from './reply-feed.js';

const patienceMs = 2_000;
// No other way is tried then: the server said so of the person, not of the link.
const forGood = ['never', 'sign-in'];

export class ConversationFeed {
  #handlers;
  #streams;
  #following = null;
  isLive = false;
  #usesStreams = false;
  #timer = null;
  #onLinkState = () => this.#judge();

  // handlers:
  //   onFrame(frame)                  of the channel
  //   onGap()                         read the conversation anew; answers { epoch, offset }
  //   onReplyFrame(replyId, type, frame), onStoredReply(replyId, reply) → ended   of a stream
  //   onLink(replyId, state)          open | lost | never | sign-in
  //   onGone()                        there is nothing to hear any more
  //   openReplies() → ids             texts() → [{ replyId, run, textOffset }]
  constructor(handlers) {
    this.#handlers = handlers;
    this.#streams = new ReplyFeed({
      onFrame: handlers.onReplyFrame,
      onLink: handlers.onLink,
      onStoredReply: handlers.onStoredReply,
    });
    pageLink.addEventListener('state', this.#onLinkState);
  }

  follow(conversationId, position) {
    this.#following = pageLink.follow(`conversation:${conversationId}`, {
      position,
      onFrame: (frame) => this.#handlers.onFrame(frame),
      onGap: () => this.#handlers.onGap(),
      replies: () => this.#handlers.texts(),
      onState: (state, code) => this.#channelBecame(state, code),
    });
    this.#judge();
  }

  get isFollowing() {
    return this.#following !== null;
  }

  // The open replies are others than before.
  watch() {
    if (this.#usesStreams) {
      const open = this.#handlers.openReplies();
      this.#streams.retain(open);
      open.forEach((replyId) => this.#streams.watch(replyId));
    } else if (['lost', ...forGood].includes(pageLink.state)) {
      this.#tell(pageLink.state);
    }
  }

  forget(replyId) {
    this.#streams.forget(replyId);
  }

  // Text is missing.
  resync(replyId) {
    this.#following?.resync();
    this.#streams.reopen(replyId);
  }

  close() {
    pageLink.removeEventListener('state', this.#onLinkState);
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#usesStreams = false;
    this.#following?.close();
    this.#streams.close();
  }

  #channelBecame(state, code) {
    this.isLive = state === 'live';
    if (state === 'over' && (code === 'not-found' || code === 4300)) {
      this.#handlers.onGone();
    } else {
      this.#judge();
    }
  }

  #judge() {
    if (this.#following === null) {
      return;
    }

    const { state } = pageLink;
    if (this.isLive || forGood.includes(state)) {
      this.#leaveStreams();
      this.#tell(this.isLive ? 'open' : state);
      return;
    }

    if (state === 'lost') {
      this.#tell('lost');
    }

    if (state === 'stopped' || state === 'blocked') {
      this.#takeStreams();
    } else {
      // A link that comes soon is worth waiting for.
      this.#timer ??= setTimeout(() => this.#takeStreams(), patienceMs);
    }
  }

  #takeStreams() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#usesStreams = true;
    this.watch();
  }

  #leaveStreams() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#usesStreams = false;
    this.#streams.close();
  }

  #tell(state) {
    this.#handlers.openReplies().forEach((replyId) => this.#handlers.onLink(replyId, state));
  }
}
