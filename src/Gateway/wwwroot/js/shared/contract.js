// What the page shares with the server. Generated from the C# constants by `eng/update-page-contract`; a test holds it equal to
// them. Do not edit.

// Lengths are UTF-16 code units, as in `maxlength`.
export const inputLimits = Object.freeze(/** @type {const} */ ({
  maxContentLength: 8000,
  maxClientMessageIdLength: 100,
  maxTitleLength: 120,
  maxPersonas: 8,
  maxDisplayNameLength: 80,
  maxEmailLength: 254,
  maxEmailLocalPartLength: 64,
  minPasswordLength: 8,
  maxPasswordLength: 128,
  maxLanguageTagLength: 35,
}));

// The first and the last close code of each reconnect rule.
export const closeRanges = Object.freeze(/** @type {const} */ ({
  now: [4000, 4099],
  afterDelay: [4100, 4199],
  withNewSession: [4200, 4299],
  never: [4300, 4399],
}));

// The code of a `closing` frame.
export const closeCodes = Object.freeze(/** @type {const} */ ({
  drain: 4000,
  slow: 4001,
  unreachable: 4002,
  sessionReplaced: 4003,
  silent: 4004,
  roleRemoved: 4005,
  tooManyCommands: 4100,
  tooManyConnections: 4101,
  tokenExpired: 4200,
  sessionEnded: 4201,
  removed: 4300,
  kicked: 4301,
  banned: 4302,
  protocol: 4303,
}));

// The frames of a reply.
export const replyFrameTypes = Object.freeze(/** @type {const} */ ([
  'ai-response-queued',
  'ai-response-started',
  'ai-response-delta',
  'ai-response-retrying',
  'snapshot',
  'ai-response-complete',
  'ai-response-error',
  'ai-response-cancelled',
]));

// The frames that end a reply, which are those that are stored.
export const terminalReplyFrameTypes = Object.freeze(/** @type {const} */ ([
  'ai-response-complete',
  'ai-response-error',
  'ai-response-cancelled',
]));
