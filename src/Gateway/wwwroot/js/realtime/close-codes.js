// What the code of a `closing` frame allows. The ranges are the protocol's:
//   4000–4099 reconnect with jitter · 4100–4199 after the given delay · 4200–4299 only with a new session · 4300–4399 never

/** @param {number} code @returns {Realtime.ReconnectPlan} */
export function reconnectPlan(code, reconnectAfterMs = 0, random = Math.random) {
  if (code >= 4300 && code < 4400) {
    return { kind: 'closed' };
  }

  if (code >= 4200 && code < 4300) {
    return { kind: 'sign-in' };
  }

  if (code >= 4100 && code < 4200) {
    return { kind: 'after', delayMs: reconnectAfterMs };
  }

  return { kind: 'after', delayMs: reconnectAfterMs + Math.round(random() * 500) };
}
