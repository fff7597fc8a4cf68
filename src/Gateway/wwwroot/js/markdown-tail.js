// A text that is still being written often ends inside a span. Its marks would be seen for a moment and then jump
// away, so the open spans of the last paragraph are closed for as long as the text grows. Pure.

export function closeOpenSpans(text) {
  const start = text.lastIndexOf('\n\n') + 1;
  const tail = text.slice(start);
  return isInsideFence(text) ? text : text.slice(0, start) + closeStrong(closeCode(dropOpenLink(tail)));
}

function isInsideFence(text) {
  return (text.match(/^\s*(```|~~~)/gm) ?? []).length % 2 === 1;
}

// The words of a link are there before its address is.
function dropOpenLink(tail) {
  return tail.replace(/\[([^\]\n]{1,300})\](?:\([^\s)]*)?$/, '$1');
}

function closeCode(tail) {
  const open = (tail.match(/`/g) ?? []).length % 2 === 1;
  return open ? closeWith(tail, '`') : tail;
}

function closeStrong(tail) {
  const whole = tail.replace(/(?<!\*)\*$/, '');
  const open = (whole.match(/\*\*/g) ?? []).length % 2 === 1;
  return open ? closeWith(whole, '**') : whole;
}

// A closing mark holds only behind a word; behind the opening one there is nothing to close.
function closeWith(tail, mark) {
  const trimmed = tail.trimEnd();
  return trimmed.endsWith(mark) ? trimmed.slice(0, -mark.length) : trimmed + mark;
}
