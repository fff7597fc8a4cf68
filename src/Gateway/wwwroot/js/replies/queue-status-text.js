// Describes a reply's position in the queue. An unknown position or ETA is left out, never estimated.

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
/** @type {Partial<Record<Intl.LDMLPluralRule, string>>} */
const suffixes = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** @param {number | null} position @param {number | null} etaSeconds */
export function queueStatusText(position, etaSeconds) {
  const rank = positionText(position);
  const eta = etaText(etaSeconds);
  return [rank, eta].filter(Boolean).join(', ') || 'Waiting for a turn';
}

/** @param {number | null} position */
function positionText(position) {
  if (position === null || position < 0) {
    return '';
  }

  return position <= 1 ? 'Next in line' : `${position}${suffixes[ordinals.select(position)]} in line`;
}

/** @param {number | null} etaSeconds */
function etaText(etaSeconds) {
  if (etaSeconds === null || !(etaSeconds > 0)) {
    return '';
  }

  return etaSeconds < 90 ? `about ${Math.ceil(etaSeconds)} s` : `about ${Math.round(etaSeconds / 60)} min`;
}
