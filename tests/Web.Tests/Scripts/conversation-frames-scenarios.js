// Scenarios of the frames of an open conversation's channel and their effect on its thread.

import { ConversationFrames } from '../chat/conversation-frames.js';
import { Thread } from '../chat/thread.js';
import { advanceReply } from '../replies/reply-state.js';
import { equal, outcomeOf } from './expect.js';
import { settle } from './virtual-clock.js';

export const run = (name) => outcomeOf(scenarios[name]);

const userMessage = (id, seq, content = id) => ({ id, seq, role: 'user', content });
const replyMessage = (id, seq, replyId, more = {}) => ({ id, seq, role: 'assistant', content: id, replyId, status: 'completed', ...more });
const posted = (message) => ({ type: 'new-message', channel: 'c', epoch: 'e', offset: message.seq, message });
const queued = (replyId) => ({ type: 'ai-response-queued', channel: 'c', replyId, personaId: 'p', position: 1 });
const delta = (replyId, textOffset, text) => ({ type: 'ai-response-delta', channel: 'c', replyId, run: 1, textOffset, text });
const completed = (message) => ({ type: 'ai-response-complete', channel: 'c', replyId: message.replyId, run: 1, message });

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
    equal(fixture.thread.reply('r1').content.text, 'Come in', 'text');
    equal(fixture.thread.reply('r1').userMessageId, 'm1', 'its user message');
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
    equal([fixture.thread.reply('r1').content.text, fixture.calls], ['Come in', ['arrived', 'learn']], 'text and calls');
    fixture.thread.merge([], [{ id: 'r1', messageId: 'm1', personaId: 'p', status: 'generating' }]);
    const { userMessageId, personaId, content } = fixture.thread.reply('r1');
    equal([userMessageId, personaId, content.text], ['m1', 'p', 'Come in'], 'after it was read');
  },

  async regeneratedReplySharesTheRowWhenItsFrameArrivesFirst() {
    const fixture = new Fixture();
    fixture.thread.merge([userMessage('m1', 1), replyMessage('a1', 2, 'r1', { inReplyTo: 'm1' })]);
    const accept = fixture.request(() => fixture.thread.addVariant(fixture.thread.reply('r1'), [{ id: 'r2' }], 'm1'));
    fixture.frames.apply(queued('r2'));
    fixture.frames.apply(delta('r2', 0, 'Again'));
    await accept();
    equal(fixture.rows, ['user m1 sent', 'reply r1 r2'], 'rows');
  },

  async replyIsAddedWhenOnlyItsEndIsReceived() {
    const fixture = new Fixture();
    fixture.frames.apply(posted(userMessage('m1', 1)));
    fixture.frames.apply(completed(replyMessage('a1', 2, 'r1', { inReplyTo: 'm1' })));
    equal([fixture.rows, fixture.calls], [['user m1 sent', 'reply r1'], ['arrived', 'arrived']], 'rows and calls');
  },

  async deletedConversationIsReported() {
    const fixture = new Fixture();
    fixture.frames.apply({ type: 'conversation-updated', channel: 'c', conversation: { title: 'x' }, deleted: false });
    fixture.frames.apply({ type: 'conversation-updated', channel: 'c', conversation: { title: 'x' }, deleted: true });
    equal(fixture.calls, ['changed x', 'deleted'], 'calls');
  },
};

class Fixture {
  thread = new Thread();
  calls = [];

  constructor() {
    this.frames = new ConversationFrames(this.thread, {
      advance: (replyId, type, frame) => this.thread.setReply(advanceReply(this.thread.reply(replyId), type, frame).reply),
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
  request(onResponse) {
    let release;
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
