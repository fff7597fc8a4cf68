// Switches between the light and the dark theme; the system's theme is used until the user chooses one.

import { el, testId } from './dom.js';
import { icon } from './icons.js';
import { writeStored } from './storage.js';

const systemDark = matchMedia('(prefers-color-scheme: dark)');

const isDark = () => (document.documentElement.dataset.theme ?? (systemDark.matches ? 'dark' : 'light')) === 'dark';

export function themeToggle() {
  const button = el('button', { type: 'button', class: 'icon-button', data: testId('theme-toggle') });
  const show = () => {
    button.replaceChildren(icon(isDark() ? 'sun' : 'moon'));
    button.title = isDark() ? 'Use the light theme' : 'Use the dark theme';
    button.setAttribute('aria-label', button.title);
  };

  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    writeStored('theme', theme);
    show();
  });
  systemDark.addEventListener('change', show);
  show();
  return button;
}
