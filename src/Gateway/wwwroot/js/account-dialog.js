// Who is signed in, and the ways to change that.

import { accountForm } from './account-form.js';
import { accountSession } from './account-session.js';
import { confirmAction } from './ask-dialog.js';
import { el, testId } from './dom.js';
import { forgetDrafts } from './drafts.js';
import { icon } from './icons.js';
import { notify } from './notices.js';
import { outbox } from './outbox.js';
import { describeProblem } from './problem.js';
import { addressOf, go } from './router.js';

const hasAccount = () => accountSession.user !== null && !accountSession.user.isGuest;

export function accountButton() {
  const label = el('span', { class: 'account-button__name' });
  const note = el('span', { class: 'account-button__note' });
  const show = () => {
    label.textContent = hasAccount() ? accountSession.user.displayName : 'Guest';
    note.textContent = hasAccount() ? 'Account' : 'Register or sign in';
  };

  accountSession.addEventListener('change', show);
  show();
  return el('button', {
    type: 'button', class: 'account-button', data: testId('account-open'), on: { click: () => openAccountDialog() },
  }, el('span', { class: 'account-button__mark' }, icon('person')), el('span', {}, label, note));
}

// Who had an account is asked to sign in to it again.
export function startAccountDialog() {
  accountSession.addEventListener('ended', ({ detail: user }) => {
    notify('Your session has ended.');
    openAccountDialog(user.isGuest ? 'register' : 'login');
  });
}

// `kind`, 'register' or 'login', is what someone without an account is shown first.
export function openAccountDialog(kind = 'register') {
  const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': 'account-title' });
  const done = () => dialog.close();
  dialog.append(
    el('button', { type: 'button', class: 'icon-button dialog__close', 'aria-label': 'Close', on: { click: done } },
      icon('close')),
    ...(hasAccount() ? signedInContent(done) : [signedOutContent(kind, done)]),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector('input')?.focus();
}

function signedInContent(done) {
  const { displayName, email } = accountSession.user;
  return [
    el('h2', { id: 'account-title' }, displayName),
    el('p', { class: 'dialog__lead' }, email),
    el('div', { class: 'dialog__actions' },
      el('button', { type: 'button', class: 'button', data: testId('sign-out'), on: { click: () => signOut(done) } }, 'Sign out')),
  ];
}

function signedOutContent(kind, done) {
  const content = el('div');
  const show = (next) => {
    const other = next === 'register' ? 'login' : 'register';
    content.replaceChildren(
      el('h2', { id: 'account-title' }, next === 'register' ? 'Create an account' : 'Sign in'),
      el('p', { class: 'dialog__lead' }, leadOf(next)),
      accountForm(next, () => finish(done)),
      el('p', { class: 'dialog__switch' },
        next === 'register' ? 'Already have an account? ' : 'New here? ',
        el('button', { type: 'button', class: 'link', data: testId('account-switch'), on: { click: () => switchTo(other) } },
          next === 'register' ? 'Sign in' : 'Create an account')));
  };
  const switchTo = (next) => {
    show(next);
    content.querySelector('input').focus();
  };

  show(kind);
  return content;
}

function leadOf(kind) {
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

function finish(done) {
  done();
  notify(`Signed in as ${accountSession.user.displayName}.`);
}

async function signOut(done) {
  done();
  const sure = await confirmAction({
    title: 'Sign out?',
    text: 'Your conversations stay in your account. What you typed and did not send is removed from this browser.',
    action: 'Sign out',
  });
  if (!sure) {
    return;
  }

  try {
    await accountSession.logout();
    // The next person at this browser must neither read nor send it.
    forgetDrafts();
    outbox.clear();
    go(addressOf.gallery);
  } catch (problem) {
    notify(describeProblem(problem));
  }
}
