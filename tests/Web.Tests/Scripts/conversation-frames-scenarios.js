// Scenarios of the frames of an open conversation's channel and their effect on its thread.

import { ConversationFrames } from '../chat/conversation-frames.js';
import { Thread } from '../chat/thread.js';
import { advanceReply } from '../replies/reply-state.js';
import { equal, outcomeOf } from './expect.js';
import { settle } from './virtual-clock.js';

/** @param {keyof typeof scenarios} name */
export const run = (name) => outcomeOf(scenarios[name]);

// These messages and frames have only what the page needs of them.
/** @param {string} id @param {number} seq */
const userMessage = (id, seq, content = id) => /** @type {Api.Message} */ ({ id, seq, role: 'user', content });
/** @param {string} id @param {number} seq @param {string} replyId @param {string} inReplyTo */
const replyMessage = (id, seq, replyId, inReplyTo) =>
  /** @type {Api.Message} */ ({ id, seq, role: 'assistant', content: id, replyId, status: 'completed', inReplyTo });
/** @param {Api.Message} message @returns {Realtime.MessagePosted} */
const posted = (message) => ({ type: 'new-message', channel: 'c', epoch: 'e', offset: message.seq, message });
/** @param {string} replyId @returns {Realtime.ReplyQueued} */
const queued = (replyId) => ({ type: 'ai-response-queued', channel: 'c', replyId, personaId: 'p', position: 1, etaSeconds: null });
/** @param {string} replyId @param {number} textOffset @param {string} text @returns {Realtime.ReplyDelta} */
const delta = (replyId, textOffset, text) => ({ type: 'ai-response-delta', channel: 'c', replyId, run: 1, textOffset, text });
/** @param {Api.Message} message */
const completed = (message) =>
  /** @type {Realtime.ReplyCompleted} */ ({ type: 'ai-response-complete', channel: 'c', replyId: message.replyId, run: 1, message });
/** @param {boolean} deleted */
const changed = (deleted) =>
  /** @type {Realtime.ConversationChanged} */ ({ type: 'conversation-updated', channel: 'c', conversation: { title: 'x' }, deleted });

/** @import { ReplyState } from '../replies/reply-state.js' */

const scenarios = {
  async ownPostIsOneMessageWhenItsFrameArrivesFirst() {
    const fixture = new Fixture();
    fixture.thread.addPending({ clientMessageId: 'k', content: 'hello', status: 'sending' });
    const accept = fixture.request(() => fixture.thread.confirm('k', userMessage('m1', 1, 'hello'), [{ id: 'r1', messageId: 'm1' }]));
    fixture.frames.apply(posted(userMessage('m1', 1, 'hello')));
    fixture.frames.apply(queued('r1'));
    equal(fixture.rows, ['user k sending'], 'before the response to the post');
    await accept();
    equal(fixture.rows, ['user k sent', 'reply r1'], 'after it');
  },

  async replyFramesBeforeThePostResponseAreKept() {
    const fixture = new Fixture();
    fixture.thread.addPending({ clientMessageId: 'k', content: 'hello', status: 'sending' });
    const accept = fixture.request(() => fixture.thread.confirm('k', userMessage('m1', 1), [{ id: 'r1', messageId: 'm1' }]));
    const frames = [posted(userMessage('m1', 1)), queued('r1'), delta('r1', 0, 'Come '), delta('r1', 5, 'in')];
    frames.forEach((frame) => fixture.frames.apply(frame));
    await accept();
    equal(fixture.thread.reply('r1')?.content.text, 'Come in', 'text');
    equal(fixture.thread.reply('r1')?.userMessageId, 'm1', 'its user message');
  },

  async heldFramesAreAppliedAfterAFailedPost() {
    const fixture = new Fixture();
    const accept = fixture.request(() => {
      throw new Error('refused');
    });
    fixture.frames.apply(posted(userMessage('m9', 9)));
    equal(fixture.rows, [], 'while the post is in flight');
    await accept();
    equal([fixture.rows, fixture.calls], [['user m9 sent'], ['arrived']], 'after it');
  },

  async messageOfAnotherPageArrivesOnce() {
    const fixture = new Fixture();
    fixture.frames.apply(posted(userMessage('m1', 1)));
    fixture.frames.apply(posted(userMessage('m1', 1)));
    equal([fixture.rows, fixture.calls], [['user m1 sent'], ['arrived']], 'rows and calls');
  },

  async replyRequestedElsewhereGrowsAndIsRead() {
    const fixture = new Fixture();
    fixture.frames.apply(posted(userMessage('m1', 1)));
    fixture.frames.apply({ type: 'snapshot', channel: 'c', replyId: 'r1', run: 1, text: 'Come ', status: 'generating' });
    fixture.frames.apply(delta('r1', 5, 'in'));
    equal([fixture.thread.reply('r1')?.content.text, fixture.calls], ['Come in', ['arrived', 'learn']], 'text and calls');
    fixture.thread.merge([], [{ id: 'r1', messageId: 'm1', personaId: 'p', status: 'generating' }]);
    const reply = fixture.thread.reply('r1');
    equal([reply?.userMessageId, reply?.personaId, reply?.content.text], ['m1', 'p', 'Come in'], 'after it was read');
  },

  async regeneratedReplySharesTheRowWhenItsFrameArrivesFirst() {
    const fixture = new Fixture();
    fixture.thread.merge([userMessage('m1', 1), replyMessage('a1', 2, 'r1', 'm1')]);
    const accept = fixture.request(() => fixture.thread.addVariant(fixture.thread.reply('r1'), [{ id: 'r2' }], 'm1'));
    fixture.frames.apply(queued('r2'));
    fixture.frames.apply(delta('r2', 0, 'Again'));
    await accept();
    equal(fixture.rows, ['user m1 sent', 'reply r1 r2'], 'rows');
  },

  async replyIsAddedWhenOnlyItsEndIsReceived() {
    const fixture = new Fixture();
    fixture.frames.apply(posted(userMessage('m1', 1)));
    fixture.frames.apply(completed(replyMessage('a1', 2, 'r1', 'm1')));
    equal([fixture.rows, fixture.calls], [['user m1 sent', 'reply r1'], ['arrived', 'arrived']], 'rows and calls');
  },

  async deletedConversationIsReported() {
    const fixture = new Fixture();
    fixture.frames.apply(changed(false));
    fixture.frames.apply(changed(true));
    equal(fixture.calls, ['changed x', 'deleted'], 'calls');
  },
};

class Fixture {
  thread = new Thread();
  /** @type {string[]} */ calls = [];

  constructor() {
    this.frames = new ConversationFrames(this.thread, {
      advance: (replyId, type, frame) => {
        const reply = /** @type {ReplyState} */ (this.thread.reply(replyId));
        this.thread.setReply(advanceReply(reply, type, frame).reply);
      },
      learn: () => this.calls.push('learn'),
      arrived: () => this.calls.push('arrived'),
      changed: ({ title }) => this.calls.push(`changed ${title}`),
      deleted: () => this.calls.push('deleted'),
    });
  }

  get rows() {
    return this.thread.rows().map((row) => (row.kind === 'user'
      ? `user ${row.key} ${row.message.status}`
      : `reply ${row.variants.map(({ replyId }) => replyId).join(' ')}`));
  }

  // Starts a request of this page. The returned function completes it.
  /** @param {() => void} onResponse */
  request(onResponse) {
    let release = () => {};
    /** @type {Promise<void>} */
    const responded = new Promise((resolve) => {
      release = resolve;
    });
    const request = this.frames.holdWhile(async () => {
      await responded;
      onResponse();
    }).catch(() => {});
    return async () => {
      release();
      await request;
      await settle();
    };
  }
}
