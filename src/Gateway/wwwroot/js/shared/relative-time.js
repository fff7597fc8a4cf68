// Formats times as "3 min. ago", "yesterday" or "4 May": recent times by distance, older ones by date.

const distance = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' });
const thisYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const otherYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' });

/** @param {string} iso */
export function relativeTime(iso, now = new Date()) {
  const then = new Date(iso);
  const minutes = Math.round((now.getTime() - then.getTime()) / 60_000);
  if (Number.isNaN(minutes)) {
    return '';
  }

  if (minutes < 1) {
    return 'now';
  }

  if (minutes < 60) {
    return distance.format(-minutes, 'minute');
  }

  const hours = Math.round(minutes / 60);
  if (hours < 24) {
    return distance.format(-hours, 'hour');
  }

  const days = Math.round(hours / 24);
  if (days < 7) {
    return distance.format(-days, 'day');
  }

  return (then.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(then);
}

/** @param {string} iso */
export function exactTime(iso) {
  const then = new Date(iso);
  return Number.isNaN(then.getTime()) ? '' : exact.format(then);
}
