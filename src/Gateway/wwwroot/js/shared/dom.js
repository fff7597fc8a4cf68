// Creates elements. Text always becomes a text node, so that text of a server or a user is never parsed as HTML.

/**
 * @template {Tag} T
 * @param {T} tag
 * @param {ElementProperties<T>} properties
 * @param {(ElementChild | ElementChild[])[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, properties = /** @type {ElementProperties<T>} */ ({}), ...children) {
  const element = document.createElement(tag);
  const { data, on, ...rest } = properties;
  Object.assign(element.dataset, data);
  for (const [type, listener] of Object.entries(on ?? {})) {
    element.addEventListener(type, /** @type {EventListener} */ (listener));
  }

  for (const [name, value] of Object.entries(rest)) {
    setProperty(element, name, value);
  }

  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** @param {string} name @param {Record<string, string | number>} more */
export const testId = (name, more = {}) => ({ testid: name, ...more });

// An element of index.html.
/** @param {string} id */
export function elementById(id) {
  const element = document.getElementById(id);
  if (element === null) {
    throw new Error(`The page has no element #${id}.`);
  }

  return element;
}

/** @param {HTMLElement} element @param {string} name @param {unknown} value */
function setProperty(element, name, value) {
  if (value === null || value === undefined || value === false) {
    return;
  }

  if (name === 'class') {
    element.className = String(value);
  } else {
    element.setAttribute(name, value === true ? '' : String(value));
  }
}
