// Parses the block structure of the markdown subset that replies use. Pure: text in, plain objects out.
// Each block carries its source, so that a growing reply redraws only the blocks that changed.

/**
 * @typedef {{ type: 'heading', text: string } | { type: 'paragraph', text: string } | { type: 'rule' }
 *   | { type: 'code', language: string, text: string } | { type: 'quote', blocks: Block[] }
 *   | { type: 'list', ordered: boolean, start: number | null, items: Block[][] }} BlockContent
 */
/** @typedef {BlockContent & { source: string }} Block */
/** @typedef {{ block: BlockContent, next: number }} Read a block, and the line after it */

const fence = /^\s*(`{3,}|~{3,})\s*([\w+#.-]*)\s*$/;
const heading = /^(#{1,6})\s+(.+?)\s*#*$/;
const rule = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const quote = /^\s*>\s?/;
const item = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const blank = /^\s*$/;
const maxDepth = 4;

/** @param {string} text @param {number} depth @returns {Block[]} */
export function parseBlocks(text, depth = 0) {
  const lines = text.split('\n');
  /** @type {Block[]} */
  const blocks = [];
  let at = 0;
  while (at < lines.length) {
    if (blank.test(lines[at])) {
      at += 1;
      continue;
    }

    const { block, next } = readBlock(lines, at, depth);
    blocks.push({ ...block, source: lines.slice(at, next).join('\n') });
    at = next;
  }

  return blocks;
}

/** @param {string[]} lines @param {number} at @param {number} depth @returns {Read} */
function readBlock(lines, at, depth) {
  const line = lines[at];
  if (fence.test(line)) {
    return readFence(lines, at);
  }

  const title = heading.exec(line);
  if (title) {
    return { block: { type: 'heading', text: title[2] }, next: at + 1 };
  }

  if (rule.test(line)) {
    return { block: { type: 'rule' }, next: at + 1 };
  }

  if (depth < maxDepth && quote.test(line)) {
    return readQuote(lines, at, depth);
  }

  if (depth < maxDepth && item.test(line)) {
    return readList(lines, at, depth);
  }

  return readParagraph(lines, at);
}

/** @param {string[]} lines @param {number} at @returns {Read} */
function readFence(lines, at) {
  const [, mark, language] = /** @type {RegExpExecArray} */ (fence.exec(lines[at]));
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(mark)) {
    end += 1;
  }

  // A fence that is not closed yet extends to the end of the text.
  const text = lines.slice(at + 1, end).join('\n');
  return { block: { type: 'code', language, text }, next: Math.min(end + 1, lines.length) };
}

/** @param {string[]} lines @param {number} at @param {number} depth @returns {Read} */
function readQuote(lines, at, depth) {
  let end = at;
  while (end < lines.length && quote.test(lines[end])) {
    end += 1;
  }

  const inner = lines.slice(at, end).map((line) => line.replace(quote, '')).join('\n');
  return { block: { type: 'quote', blocks: parseBlocks(inner, depth + 1) }, next: end };
}

/** @param {string[]} lines @param {number} at @param {number} depth @returns {Read} */
function readList(lines, at, depth) {
  const [, indent, mark] = /** @type {RegExpExecArray} */ (item.exec(lines[at]));
  const ordered = /\d/.test(mark);
  /** @type {string[][]} */
  const items = [];
  let end = at;
  while (end < lines.length && continuesList(lines, end, indent.length, ordered)) {
    const start = item.exec(lines[end]);
    if (start && start[1].length <= indent.length) {
      items.push([start[3]]);
    } else {
      items.at(-1)?.push(lines[end].replace(/^\s{1,4}/, ''));
    }

    end += 1;
  }

  return {
    block: {
      type: 'list',
      ordered,
      start: ordered ? Number.parseInt(mark, 10) : null,
      items: items.map((itemLines) => parseBlocks(itemLines.join('\n'), depth + 1)),
    },
    next: end,
  };
}

// A list continues with items of its kind and with lines indented under them, also after one blank line.
/** @param {string[]} lines @param {number} at @param {number} indent @param {boolean} ordered @returns {boolean} */
function continuesList(lines, at, indent, ordered) {
  const line = lines[at];
  if (blank.test(line)) {
    const following = lines[at + 1] ?? '';
    return !blank.test(following) && continuesList(lines, at + 1, indent, ordered);
  }

  const start = item.exec(line);
  return line.search(/\S/) > indent || (start !== null && /\d/.test(start[2]) === ordered);
}

/** @param {string[]} lines @param {number} at @returns {Read} */
function readParagraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && !startsBlock(lines[end])) {
    end += 1;
  }

  return { block: { type: 'paragraph', text: lines.slice(at, end).join('\n') }, next: end };
}

/** @param {string} line */
function startsBlock(line) {
  return [blank, fence, heading, rule, quote, item].some((pattern) => pattern.test(line));
}
