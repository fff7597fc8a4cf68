// A place in the queue, in words. Says only what the server said: an unknown place is not guessed.

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const suffixes = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

export function waitWords(position, etaSeconds) {
  const place = placeWords(position);
  const eta = etaWords(etaSeconds);
  return [place, eta].filter(Boolean).join(', ') || 'Waiting for a turn';
}

function placeWords(position) {
  if (position === null || position === undefined || position < 0) {
    return '';
  }

  return position <= 1 ? 'Next in line' : `${position}${suffixes[ordinals.select(position)]} in line`;
}

function etaWords(etaSeconds) {
  if (!(etaSeconds > 0)) {
    return '';
  }

  return etaSeconds < 90 ? `about ${Math.ceil(etaSeconds)} s` : `about ${Math.round(etaSeconds / 60)} min`;
}
