// Two small dialogs: a confirmation and a prompt for one line of text. Both return a promise; Escape cancels.

import { el } from './dom.js';

/** @param {{ title: string, text: string, action: string }} question */
export async function confirmAction({ title, text, action }) {
  const dialog = questionDialog(title, [el('p', {}, text)], action, 'button button--danger');
  return (await resultOf(dialog)) === 'yes';
}

/** @param {{ title: string, label: string, value: string, action: string, maxLength: number }} question */
export async function askText({ title, label, value, action, maxLength }) {
  const input = el('input', { id: 'ask-text', value, maxlength: maxLength, required: true, autocomplete: 'off' });
  const field = el('div', { class: 'field' }, el('label', { for: 'ask-text' }, label), input);
  const dialog = questionDialog(title, [field], action, 'button button--primary');
  queueMicrotask(() => input.select());
  const text = (await resultOf(dialog)) === 'yes' ? input.value.trim() : '';
  return text === '' ? null : text;
}

/** @param {string} title @param {Node[]} content @param {string} action @param {string} actionClass */
function questionDialog(title, content, action, actionClass) {
  return el(
    'dialog',
    { class: 'dialog dialog--small', 'aria-labelledby': 'ask-title' },
    el('form', { method: 'dialog' },
      el('h2', { id: 'ask-title' }, title),
      content,
      el('div', { class: 'dialog__actions' },
        el('button', { class: 'button', value: 'no', formnovalidate: true }, 'Cancel'),
        el('button', { class: actionClass, value: 'yes' }, action))),
  );
}

/** @param {HTMLDialogElement} dialog @returns {Promise<string>} */
function resultOf(dialog) {
  document.body.append(dialog);
  // By default Enter in a text field activates the form's first button, which is Cancel.
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.reportValidity()) {
      event.preventDefault();
      dialog.close('yes');
    }
  });
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}
