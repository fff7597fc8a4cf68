// Parses the inline structure: code, links, strong, emphasis, strikethrough. Pure: text in, a small tree out.
// The length of a span is limited, so that the search for a missing end mark stays cheap for every text.

/**
 * @typedef {{ type: 'text' | 'code', text: string, children?: undefined }
 *   | { type: 'link', address: string, text: string, children?: undefined }
 *   | { type: 'strong' | 'emphasis' | 'strike', text?: undefined, children: InlineNode[] }} InlineNode
 */
/**
 * @typedef {object} Span
 * @property {'code' | 'link' | 'strong' | 'emphasis' | 'strike' | 'escape'} type
 * @property {RegExp} pattern
 * @property {number} content the group of the pattern with the content
 * @property {number} [address] the group with the address of a link
 */

/** @type {Span[]} */
const spans = [
  { type: 'code', pattern: /(`+)([^`][\s\S]{0,999}?)\1(?!`)/, content: 2 },
  { type: 'link', pattern: /\[([^\]\n]{1,300})\]\(([^\s)]{1,1000})\)/, content: 1, address: 2 },
  { type: 'link', pattern: /\bhttps?:\/\/[^\s<>()]{1,1000}[^\s<>().,;:!?'"*_]/, content: 0, address: 0 },
  { type: 'strong', pattern: /\*\*(\*(?=[^\s*])[^*]{0,999}?[^\s*]\*)\*\*/, content: 1 },
  { type: 'strong', pattern: /\*\*(?=\S)([\s\S]{0,1999}?\S)\*\*/, content: 1 },
  { type: 'strong', pattern: /(?<!\w)__(?=\S)([\s\S]{0,1999}?\S)__(?!\w)/, content: 1 },
  { type: 'emphasis', pattern: /(?<!\w)\*(?=[^\s*])([^*]{0,999}?[^\s*])\*(?!\w)/, content: 1 },
  { type: 'emphasis', pattern: /(?<!\w)_(?=[^\s_])([^_]{0,999}?[^\s_])_(?!\w)/, content: 1 },
  { type: 'strike', pattern: /~~(?=\S)([\s\S]{0,999}?\S)~~/, content: 1 },
  { type: 'escape', pattern: /\\([\\`*_~[\]()#>+.!-])/, content: 1 },
];
const safeSchemes = new Set(['http:', 'https:', 'mailto:']);
const maxDepth = 6;

/** @param {string} text @param {number} depth @returns {InlineNode[]} */
export function parseInline(text, depth = 0) {
  /** @type {InlineNode[]} */
  const nodes = [];
  let rest = text;
  while (rest !== '') {
    const found = depth < maxDepth ? firstSpan(rest) : null;
    if (!found) {
      nodes.push({ type: 'text', text: rest });
      break;
    }

    if (found.match.index > 0) {
      nodes.push({ type: 'text', text: rest.slice(0, found.match.index) });
    }

    nodes.push(nodeOf(found, depth));
    rest = rest.slice(found.match.index + found.match[0].length);
  }

  return nodes;
}

// The text without markup, for a one-line preview; the mark of a truncated span is removed too.
/** @param {string} text */
export function plainText(text) {
  /** @type {(node: InlineNode) => string} */
  const textOf = (node) => node.text ?? node.children.map(textOf).join('');
  return parseInline(text).map(textOf).join('').replace(/\*\*|`/g, '');
}

/** @param {string} address */
function safeAddress(address) {
  try {
    return safeSchemes.has(new URL(address).protocol) ? address : null;
  } catch {
    return null;
  }
}

// Returns the span that begins first; of two that begin at the same place, the one listed first in `spans`.
/** @param {string} text */
function firstSpan(text) {
  /** @type {{ span: Span, match: RegExpExecArray } | null} */
  let best = null;
  for (const span of spans) {
    const match = span.pattern.exec(text);
    if (match && (!best || match.index < best.match.index)) {
      best = { span, match };
    }
  }

  return best;
}

/** @param {{ span: Span, match: RegExpExecArray }} found @param {number} depth @returns {InlineNode} */
function nodeOf({ span, match }, depth) {
  const content = match[span.content];
  if (span.type === 'code') {
    return { type: 'code', text: content.length > 2 ? content.replace(/^ (.*) $/s, '$1') : content };
  }

  if (span.type === 'escape') {
    return { type: 'text', text: content };
  }

  if (span.type !== 'link') {
    return { type: span.type, children: parseInline(content, depth + 1) };
  }

  const address = safeAddress(match[span.address ?? 0]);
  return address ? { type: 'link', address, text: content } : { type: 'text', text: match[0] };
}
