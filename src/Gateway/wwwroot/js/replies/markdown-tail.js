// A growing text often ends inside a span. The reader would see its marks for a moment before they disappear,
// so the open spans of the last paragraph are closed while the text grows. Pure.

/** @param {string} text */
export function closeOpenSpans(text) {
  const start = text.lastIndexOf('\n\n') + 1;
  const tail = text.slice(start);
  return isInsideFence(text) ? text : text.slice(0, start) + closeStrong(closeCode(dropOpenLink(tail)));
}

/** @param {string} text */
function isInsideFence(text) {
  return (text.match(/^\s*(```|~~~)/gm) ?? []).length % 2 === 1;
}

// The text of a link arrives before its address.
/** @param {string} tail */
function dropOpenLink(tail) {
  return tail.replace(/\[([^\]\n]{1,300})\](?:\([^\s)]*)?$/, '$1');
}

/** @param {string} tail */
function closeCode(tail) {
  const open = (tail.match(/`/g) ?? []).length % 2 === 1;
  return open ? closeWith(tail, '`') : tail;
}

/** @param {string} tail */
function closeStrong(tail) {
  const whole = tail.replace(/(?<!\*)\*$/, '');
  const open = (whole.match(/\*\*/g) ?? []).length % 2 === 1;
  return open ? closeWith(whole, '**') : whole;
}

// A closing mark is valid only after text; directly after the opening mark, that mark is removed instead.
/** @param {string} tail @param {string} mark */
function closeWith(tail, mark) {
  const trimmed = tail.trimEnd();
  return trimmed.endsWith(mark) ? trimmed.slice(0, -mark.length) : trimmed + mark;
}
