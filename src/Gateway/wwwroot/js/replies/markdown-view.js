// Renders markdown as DOM nodes, never as HTML text. A growing text reuses the nodes of all unchanged blocks,
// so streaming redraws only the last block and a reader's selection above it survives.

import { el } from '../shared/dom.js';
import { parseBlocks } from './markdown-blocks.js';
import { parseInline } from './markdown-inline.js';

/** @import { Block } from './markdown-blocks.js' */
/** @import { InlineNode } from './markdown-inline.js' */

export class MarkdownView {
  element = el('div', { class: 'prose', dir: 'auto' });
  /** @type {string[]} */ #drawn = [];

  /** @param {string} text */
  update(text) {
    const blocks = parseBlocks(text);
    const firstChanged = blocks.findIndex((block, at) => block.source !== this.#drawn[at]);
    const keep = firstChanged === -1 ? blocks.length : firstChanged;
    while (this.element.children.length > keep) {
      this.element.lastElementChild?.remove();
    }

    this.element.append(...blocks.slice(keep).map(blockNode));
    this.#drawn = blocks.map((block) => block.source);
  }
}

/** @type {{ strong: 'strong', emphasis: 'em', strike: 's' }} */
const tagOfSpan = { strong: 'strong', emphasis: 'em', strike: 's' };

/** @param {Block} block @returns {HTMLElement} */
function blockNode(block) {
  switch (block.type) {
    case 'code':
      return el('pre', { tabindex: 0, 'aria-label': 'Code' }, el('code', { data: { language: block.language } }, block.text));
    case 'heading':
      return el('p', { class: 'prose__heading', role: 'heading', 'aria-level': 3 }, inlineNodes(block.text));
    case 'rule':
      return el('hr');
    case 'quote':
      return el('blockquote', {}, block.blocks.map(blockNode));
    case 'list':
      return listNode(block);
    default:
      return el('p', {}, inlineNodes(block.text));
  }
}

/** @param {Extract<Block, { type: 'list' }>} block */
function listNode({ ordered, start, items }) {
  return el(ordered ? 'ol' : 'ul', { start: ordered && start !== 1 ? start : null }, items.map(itemNode));
}

// A leading paragraph of an item is rendered without its own <p>.
/** @param {Block[]} blocks */
function itemNode(blocks) {
  const [first, ...rest] = blocks;
  const lead = first?.type === 'paragraph' ? inlineNodes(first.text) : [first].filter(Boolean).map(blockNode);
  return el('li', {}, lead, rest.map(blockNode));
}

/** @param {string} text */
function inlineNodes(text) {
  return parseInline(text).flatMap(inlineNode);
}

/** @param {InlineNode} node @returns {(Node | string)[]} */
function inlineNode(node) {
  switch (node.type) {
    case 'text':
      return linesOf(node.text);
    case 'code':
      return [el('code', {}, node.text)];
    case 'link':
      return [el('a', { href: node.address, target: '_blank', rel: 'noopener noreferrer nofollow' }, node.text)];
    default:
      return [el(tagOfSpan[node.type], {}, node.children.flatMap(inlineNode))];
  }
}

/** @param {string} text */
function linesOf(text) {
  return text.split('\n').flatMap((line, at) => (at === 0 ? [line] : [el('br'), line]));
}
