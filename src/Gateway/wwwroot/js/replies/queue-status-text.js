// Describes a reply's position in the queue. An unknown position or ETA is left out, never estimated.

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const suffixes = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

export function queueStatusText(position, etaSeconds) {
  const rank = positionText(position);
  const eta = etaText(etaSeconds);
  return [rank, eta].filter(Boolean).join(', ') || 'Waiting for a turn';
}

function positionText(position) {
  if (position === null || position === undefined || position < 0) {
    return '';
  }

  return position <= 1 ? 'Next in line' : `${position}${suffixes[ordinals.select(position)]} in line`;
}

function etaText(etaSeconds) {
  if (!(etaSeconds > 0)) {
    return '';
  }

  return etaSeconds < 90 ? `about ${Math.ceil(etaSeconds)} s` : `about ${Math.round(etaSeconds / 60)} min`;
}
