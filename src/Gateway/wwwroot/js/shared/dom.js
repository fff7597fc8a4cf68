// Creates elements. Text always becomes a text node, so that text of a server or a user is never parsed as HTML.

export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const { data, on, ...rest } = properties;
  Object.assign(element.dataset, data);
  for (const [type, listener] of Object.entries(on ?? {})) {
    element.addEventListener(type, listener);
  }

  for (const [name, value] of Object.entries(rest)) {
    setProperty(element, name, value);
  }

  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const testId = (name, more = {}) => ({ testid: name, ...more });

function setProperty(element, name, value) {
  if (value === null || value === undefined || value === false) {
    return;
  }

  if (name === 'class') {
    element.className = value;
  } else {
    element.setAttribute(name, value === true ? '' : String(value));
  }
}
