// The form of the account dialog, to register or to sign in. Errors that name a field are shown next to that field.

import { inputLimits } from '../shared/contract.js';
import { el, testId } from '../shared/dom.js';
import { FormField } from '../shared/form-field.js';
import { ApiProblem, describeWithWait } from '../shared/problem.js';
import { accountSession } from './account-session.js';

/**
 * @typedef {object} Form
 * @property {string} action
 * @property {() => FormField[]} fields
 * @property {(values: Record<string, string>, remember: boolean) => Promise<void>} submit
 */

/** @type {Record<'register' | 'login', Form>} */
const forms = {
  register: {
    action: 'Create account',
    fields: () => [
      new FormField({
        name: 'displayName', label: 'Your name', autocomplete: 'name', maxlength: inputLimits.maxDisplayNameLength, required: true,
      }),
      new FormField({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', required: true }),
      new FormField({
        name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password', required: true,
        hint: `At least ${inputLimits.minPasswordLength} characters, with an upper-case letter, a lower-case letter and a digit.`,
      }),
    ],
    submit: ({ displayName, email, password }) => accountSession.register({ displayName, email, password }),
  },
  login: {
    action: 'Sign in',
    fields: () => [
      new FormField({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'username', required: true }),
      new FormField({
        name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true,
      }),
    ],
    submit: ({ email, password }, remember) => accountSession.login({ email, password, remember }),
  },
};

/** @param {'register' | 'login'} kind @param {() => void} onDone */
export function accountForm(kind, onDone) {
  const { action, fields: makeFields, submit } = forms[kind];
  const fields = makeFields();
  const fault = el('p', { class: 'form__fault', role: 'alert', hidden: true });
  const remember = el('input', { type: 'checkbox', name: 'remember' });
  const button = el('button', { type: 'submit', class: 'button button--primary button--wide' }, action);

  /** @param {SubmitEvent} event */
  const send = async (event) => {
    event.preventDefault();
    if (!checkRequired(fields)) {
      return;
    }

    const values = Object.fromEntries(fields.map((field) => [field.input.name, field.value]));
    button.disabled = true;
    fault.hidden = true;
    try {
      await submit(values, remember.checked);
      onDone();
    } catch (problem) {
      showProblem(problem, fields, fault);
    }

    button.disabled = false;
  };

  return el('form', { class: 'form', novalidate: true, data: testId('account-form', { kind }), on: { submit: send } },
    fields.map((field) => field.element),
    kind === 'login' && el('label', { class: 'check' }, remember, 'Keep me signed in for 30 days'),
    fault,
    button);
}

/** @param {FormField[]} fields */
function checkRequired(fields) {
  const empty = fields.filter((field) => field.value.trim() === '');
  empty.forEach((field) => field.showFault('Please fill this in.'));
  empty[0]?.input.focus();
  return empty.length === 0;
}

/** @param {unknown} problem @param {FormField[]} fields @param {HTMLElement} fault */
function showProblem(problem, fields, fault) {
  /** @type {Record<string, string>} */
  const errors = problem instanceof ApiProblem ? { ...problem.fields } : {};
  if (problem instanceof ApiProblem && problem.code === 'email-taken') {
    errors.email ??= problem.detail ?? 'This address has an account already.';
  }

  const invalid = fields.filter((field) => errors[field.input.name.toLowerCase()]);
  invalid.forEach((field) => field.showFault(errors[field.input.name.toLowerCase()]));
  invalid[0]?.input.focus();
  fault.hidden = invalid.length > 0;
  fault.textContent = invalid.length > 0 ? '' : describeWithWait(problem);
}
