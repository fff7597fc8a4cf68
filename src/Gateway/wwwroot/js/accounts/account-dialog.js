// The account button and its dialog: register, sign in, sign out.

import { clearDrafts } from '../chat/drafts.js';
import { outbox } from '../chat/outbox.js';
import { confirmAction } from '../shared/ask-dialog.js';
import { el, testId } from '../shared/dom.js';
import { icon } from '../shared/icons.js';
import { notify } from '../shared/notices.js';
import { describeProblem } from '../shared/problem.js';
import { addressOf, navigate } from '../shared/router.js';
import { accountForm } from './account-form.js';
import { accountSession } from './account-session.js';

// The user, unless that is a guest.
const account = () => (accountSession.user?.isGuest ? null : accountSession.user);

export function accountButton() {
  const label = el('span', { class: 'account-button__name' });
  const note = el('span', { class: 'account-button__note' });
  const show = () => {
    label.textContent = account()?.displayName ?? 'Guest';
    note.textContent = account() ? 'Account' : 'Register or sign in';
  };

  accountSession.addEventListener('change', show);
  show();
  return el('button', {
    type: 'button', class: 'account-button', data: testId('account-open'), on: { click: () => openAccountDialog() },
  }, el('span', { class: 'account-button__mark' }, icon('person')), el('span', {}, label, note));
}

// After the end of a session a registered user is asked to sign in, a guest to register.
export function startAccountDialog() {
  accountSession.addEventListener('ended', ({ detail: user }) => {
    notify('Your session has ended.');
    openAccountDialog(user.isGuest ? 'register' : 'login');
  });
}

// `kind` is the form that a user without an account sees first: 'register' or 'login'.
/** @param {'register' | 'login'} kind */
export function openAccountDialog(kind = 'register') {
  const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': 'account-title' });
  const close = () => dialog.close();
  const user = account();
  dialog.append(
    el('button', { type: 'button', class: 'icon-button dialog__close', 'aria-label': 'Close', on: { click: close } },
      icon('close')),
    ...(user ? signedInContent(user, close) : [signedOutContent(kind, close)]),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('input')?.focus();
}

/** @param {Api.User} user @param {() => void} close */
function signedInContent({ displayName, email }, close) {
  return [
    el('h2', { id: 'account-title' }, displayName),
    el('p', { class: 'dialog__lead' }, email),
    el('div', { class: 'dialog__actions' },
      el('button', { type: 'button', class: 'button', data: testId('sign-out'), on: { click: () => signOut(close) } }, 'Sign out')),
  ];
}

/** @param {'register' | 'login'} kind @param {() => void} close */
function signedOutContent(kind, close) {
  const content = el('div');
  /** @param {'register' | 'login'} next */
  const show = (next) => {
    const other = next === 'register' ? 'login' : 'register';
    content.replaceChildren(
      el('h2', { id: 'account-title' }, next === 'register' ? 'Create an account' : 'Sign in'),
      el('p', { class: 'dialog__lead' }, introductionFor(next)),
      accountForm(next, () => finish(close)),
      el('p', { class: 'dialog__switch' },
        next === 'register' ? 'Already have an account? ' : 'New here? ',
        el('button', { type: 'button', class: 'link', data: testId('account-switch'), on: { click: () => switchTo(other) } },
          next === 'register' ? 'Sign in' : 'Create an account')));
  };
  /** @param {'register' | 'login'} next */
  const switchTo = (next) => {
    show(next);
    content.querySelector('input')?.focus();
  };

  show(kind);
  return content;
}

/** @param {'register' | 'login'} kind */
function introductionFor(kind) {
  const isGuest = accountSession.user?.isGuest;
  if (kind === 'register') {
    return isGuest
      ? 'Your conversations so far move into it.'
      : 'To find your conversations again on every device.';
  }

  return isGuest
    ? 'The conversations you began as a guest stay behind. Create an account instead to keep them.'
    : 'Welcome back.';
}

/** @param {() => void} close */
function finish(close) {
  close();
  notify(`Signed in as ${accountSession.user?.displayName}.`);
}

/** @param {() => void} close */
async function signOut(close) {
  close();
  const isConfirmed = await confirmAction({
    title: 'Sign out?',
    text: 'Your conversations stay in your account. What you typed and did not send is removed from this browser.',
    action: 'Sign out',
  });
  if (!isConfirmed) {
    return;
  }

  try {
    await accountSession.logout();
    // The next user of this browser must neither read nor send these texts.
    clearDrafts();
    outbox.clear();
    navigate(addressOf.gallery);
  } catch (problem) {
    notify(describeProblem(problem));
  }
}
