// One answer of a persona: waiting, growing, finished, stopped or failed; of several variants one at a time.

import { isTerminal } from './answer-state.js';
import { avatar } from './avatar.js';
import { el, testId } from './dom.js';
import { icon } from './icons.js';
import { closeOpenSpans } from './markdown-tail.js';
import { MarkdownView } from './markdown-view.js';
import { notify } from './notices.js';
import { waitWords } from './wait-words.js';

export class AnswerView {
  element;
  #answer = null;
  #shape = '';
  #frame = 0;
  #markdown = new MarkdownView();
  #face = el('div', { class: 'answer__face' });
  #name = el('span', { class: 'answer__name' });
  #status = el('p', { class: 'answer__status' });
  #foot = el('div', { class: 'answer__foot' });
  #actions;

  // actions: personaOf(id), regenerate(answer), showVariant(rowKey, index)
  constructor(actions) {
    this.#actions = actions;
    this.element = el('li', { class: 'answer', data: testId('message', { role: 'assistant' }) },
      this.#face,
      el('div', { class: 'answer__body' }, this.#name, this.#markdown.element, this.#status, this.#foot));
  }

  update(row, { shown }) {
    const answer = row.variants[shown];
    const shape = `${answer.key} ${answer.phase} ${shown + 1}/${row.variants.length}`;
    if (answer === this.#answer && shape === this.#shape) {
      return;
    }

    if (answer.personaId !== this.#answer?.personaId) {
      const persona = this.#actions.personaOf(answer.personaId);
      this.#face.replaceChildren(avatar(persona, 'small'));
      this.#name.textContent = persona?.name ?? 'Answer';
    }

    this.#answer = answer;
    this.element.dataset.status = answer.phase;
    this.element.setAttribute('aria-busy', String(!isTerminal(answer)));
    this.#drawSoon();
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#foot.replaceChildren(...this.#footOf(row, shown));
    }
  }

  spokenText() {
    return `${this.#name.textContent} says: ${this.#markdown.element.innerText}`;
  }

  close() {
    cancelAnimationFrame(this.#frame);
  }

  // Pieces arrive faster than a screen is drawn. A page in the background draws nothing, so an ended answer is
  // drawn at once, for whoever reads it without seeing it.
  #drawSoon() {
    cancelAnimationFrame(this.#frame);
    if (isTerminal(this.#answer)) {
      this.#draw();
    } else {
      this.#frame = requestAnimationFrame(() => this.#draw());
    }
  }

  #draw() {
    const { phase, reply } = this.#answer;
    const growing = phase === 'generating';
    this.#markdown.update(growing ? closeOpenSpans(reply.text) : reply.text);
    this.#markdown.element.hidden = reply.text === '';
    this.#markdown.element.classList.toggle('prose--growing', growing);
    const words = statusWords(this.#answer, this.#name.textContent);
    this.#status.hidden = words === '';
    if (this.#status.textContent !== words) {
      this.#status.textContent = words;
    }
  }

  #footOf(row, shown) {
    const answer = row.variants[shown];
    const foot = row.variants.length > 1 ? [this.#variantSwitch(row, shown)] : [];
    if (answer.phase === 'failed') {
      foot.push(el('button', {
        type: 'button', class: 'button button--small', data: testId('try-again'),
        on: { click: () => this.#actions.regenerate(answer) },
      }, 'Try again'));
    } else if (isTerminal(answer)) {
      foot.push(...this.#finishedTools(answer));
    }

    if (answer.model === 'builtin' && isTerminal(answer)) {
      foot.push(el('span', { class: 'answer__model', data: testId('builtin-note') }, 'built-in voice · not a language model'));
    }

    return foot;
  }

  #finishedTools(answer) {
    const tools = [];
    if (answer.reply.text !== '' && navigator.clipboard) {
      tools.push(el('button', {
        type: 'button', class: 'icon-button icon-button--small', 'aria-label': 'Copy answer', title: 'Copy',
        data: testId('copy'), on: { click: (event) => copy(answer.reply.text, event.currentTarget) },
      }, icon('copy')));
    }

    tools.push(el('button', {
      type: 'button', class: 'icon-button icon-button--small', 'aria-label': 'Answer again', title: 'Answer again',
      data: testId('regenerate'), on: { click: () => this.#actions.regenerate(answer) },
    }, icon('again')));
    return tools;
  }

  #variantSwitch(row, shown) {
    const count = row.variants.length;
    const step = (label, name, to) =>
      el('button', {
        type: 'button', class: 'icon-button icon-button--small', 'aria-label': label, disabled: to < 0 || to >= count,
        data: testId(name), on: { click: () => this.#showVariant(row, to, name) },
      }, icon(name === 'variant-previous' ? 'previous' : 'next'));
    return el('div', { class: 'variants', role: 'group', 'aria-label': 'Variants of this answer' },
      step('Previous variant', 'variant-previous', shown - 1),
      el('span', { data: testId('variant-count') }, `${shown + 1}/${count}`),
      step('Next variant', 'variant-next', shown + 1));
  }

  // The pressed button is drawn anew; the keyboard stays on it, or on its neighbour at the last variant.
  #showVariant(row, index, name) {
    this.#actions.showVariant(row.key, index);
    const again = this.#foot.querySelector(`[data-testid="${name}"]:enabled`);
    (again ?? this.#foot.querySelector('.variants button:enabled'))?.focus();
  }
}

function statusWords({ phase, reply, retrying, position, etaSeconds, errorText, link }, name) {
  if (phase === 'failed') {
    return errorText ?? `${name} could not finish this answer.`;
  }

  if (phase === 'cancelled') {
    return 'Stopped';
  }

  if (phase === 'completed') {
    return '';
  }

  if (link === 'never' || link === 'sign-in') {
    return 'The server ended this connection. Reload the page to see the answer.';
  }

  if (link === 'lost') {
    return 'Connection lost, finding the way back';
  }

  if (phase === 'queued') {
    return waitWords(position, etaSeconds);
  }

  return retrying ? 'That went wrong, starting over' : reply.text === '' ? `${name} is thinking` : '';
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    notify('The browser did not allow copying.');
    return;
  }

  button.replaceChildren(icon('check'));
  button.setAttribute('aria-label', 'Copied');
  setTimeout(() => {
    button.replaceChildren(icon('copy'));
    button.setAttribute('aria-label', 'Copy answer');
  }, 1_600);
}
