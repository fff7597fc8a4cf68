// What the frames of a channel do to an open conversation's thread.

import { advanceAnswer } from '../answer-state.js';
import { ConversationFrames } from '../conversation-frames.js';
import { Thread } from '../thread.js';
import { equal, outcomeOf } from './expect.js';
import { settle } from './virtual-clock.js';

export const run = (name) => outcomeOf(scenarios[name]);

const question = (id, seq, content = id) => ({ id, seq, role: 'user', content });
const answer = (id, seq, replyId, more = {}) => ({ id, seq, role: 'assistant', content: id, replyId, status: 'completed', ...more });
const posted = (message) => ({ type: 'new-message', channel: 'c', epoch: 'e', offset: message.seq, message });
const queued = (replyId) => ({ type: 'ai-response-queued', channel: 'c', replyId, personaId: 'p', position: 1 });
const delta = (replyId, textOffset, text) => ({ type: 'ai-response-delta', channel: 'c', replyId, run: 1, textOffset, text });
const completed = (message) => ({ type: 'ai-response-complete', channel: 'c', replyId: message.replyId, run: 1, message });

const scenarios = {
  async anOwnPostIsOneMessageThoughItsFrameComesFirst() {
    const stage = new Stage();
    stage.thread.addPending({ clientMessageId: 'k', content: 'hello', status: 'sending' });
    const accept = stage.ask(() => stage.thread.confirm('k', question('m1', 1, 'hello'), [{ id: 'r1', messageId: 'm1' }]));
    stage.frames.read(posted(question('m1', 1, 'hello')));
    stage.frames.read(queued('r1'));
    equal(stage.rows, ['user k sending'], 'before the answer to the post');
    await accept();
    equal(stage.rows, ['user k sent', 'answer r1'], 'after it');
  },

  async anAnswerThatOvertakesItsPostIsWhole() {
    const stage = new Stage();
    stage.thread.addPending({ clientMessageId: 'k', content: 'hello', status: 'sending' });
    const accept = stage.ask(() => stage.thread.confirm('k', question('m1', 1), [{ id: 'r1', messageId: 'm1' }]));
    [posted(question('m1', 1)), queued('r1'), delta('r1', 0, 'Come '), delta('r1', 5, 'in')].forEach((frame) => stage.frames.read(frame));
    await accept();
    equal(stage.thread.answer('r1').reply.text, 'Come in', 'text');
    equal(stage.thread.answer('r1').userMessageId, 'm1', 'what it answers');
  },

  async aPostThatFailsLetsTheOthersThrough() {
    const stage = new Stage();
    const accept = stage.ask(() => {
      throw new Error('refused');
    });
    stage.frames.read(posted(question('m9', 9)));
    equal(stage.rows, [], 'while it is under way');
    await accept();
    equal([stage.rows, stage.told], [['user m9 sent'], ['arrived']], 'after it');
  },

  async whatIsSaidElsewhereArrivesOnce() {
    const stage = new Stage();
    stage.frames.read(posted(question('m1', 1)));
    stage.frames.read(posted(question('m1', 1)));
    equal([stage.rows, stage.told], [['user m1 sent'], ['arrived']], 'rows and what was told');
  },

  async anAnswerAskedForElsewhereGrowsAndIsLearntAbout() {
    const stage = new Stage();
    stage.frames.read(posted(question('m1', 1)));
    stage.frames.read({ type: 'snapshot', channel: 'c', replyId: 'r1', run: 1, text: 'Come ', status: 'generating' });
    stage.frames.read(delta('r1', 5, 'in'));
    equal([stage.thread.answer('r1').reply.text, stage.told], ['Come in', ['arrived', 'learn']], 'text and what was told');
    stage.thread.merge([], [{ id: 'r1', messageId: 'm1', personaId: 'p', status: 'generating' }]);
    const { userMessageId, personaId, reply } = stage.thread.answer('r1');
    equal([userMessageId, personaId, reply.text], ['m1', 'p', 'Come in'], 'after it was read');
  },

  async anAnswerAgainSharesTheRowThoughItsFrameComesFirst() {
    const stage = new Stage();
    stage.thread.merge([question('m1', 1), answer('a1', 2, 'r1', { inReplyTo: 'm1' })]);
    const accept = stage.ask(() => stage.thread.addVariant(stage.thread.answer('r1'), [{ id: 'r2' }], 'm1'));
    stage.frames.read(queued('r2'));
    stage.frames.read(delta('r2', 0, 'Again'));
    await accept();
    equal(stage.rows, ['user m1 sent', 'answer r1 r2'], 'rows');
  },

  async anAnswerOfWhichOnlyTheEndIsHeardIsThere() {
    const stage = new Stage();
    stage.frames.read(posted(question('m1', 1)));
    stage.frames.read(completed(answer('a1', 2, 'r1', { inReplyTo: 'm1' })));
    equal([stage.rows, stage.told], [['user m1 sent', 'answer r1'], ['arrived', 'arrived']], 'rows and what was told');
  },

  async aDeletedConversationIsGone() {
    const stage = new Stage();
    stage.frames.read({ type: 'conversation-updated', channel: 'c', conversation: { title: 'x' }, deleted: false });
    stage.frames.read({ type: 'conversation-updated', channel: 'c', conversation: { title: 'x' }, deleted: true });
    equal(stage.told, ['changed x', 'gone'], 'what was told');
  },
};

class Stage {
  thread = new Thread();
  told = [];

  constructor() {
    this.frames = new ConversationFrames(this.thread, {
      advance: (replyId, type, frame) => this.thread.setAnswer(advanceAnswer(this.thread.answer(replyId), type, frame).answer),
      learn: () => this.told.push('learn'),
      arrived: () => this.told.push('arrived'),
      changed: ({ title }) => this.told.push(`changed ${title}`),
      gone: () => this.told.push('gone'),
    });
  }

  get rows() {
    return this.thread.rows().map((row) => (row.kind === 'user'
      ? `user ${row.key} ${row.message.status}`
      : `answer ${row.variants.map(({ replyId }) => replyId).join(' ')}`));
  }

  // A request that is answered when the returned function is called.
  ask(onAnswer) {
    let release;
    const answered = new Promise((resolve) => {
      release = resolve;
    });
    const request = this.frames.whileAsking(async () => {
      await answered;
      onAnswer();
    }).catch(() => {});
    return async () => {
      release();
      await request;
      await settle();
    };
  }
}
