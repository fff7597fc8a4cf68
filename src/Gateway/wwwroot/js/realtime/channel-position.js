// A client's position in a channel, and how a durable frame relates to it. Pure.
//
// A position is { epoch, offset }: every frame up to the offset has been applied, the next durable frame has offset + 1.
// Offsets of different epochs cannot be compared.
//   next       the frame follows the position and advances it
//   duplicate  the frame has been applied before
//   gap        frames before it are missing; only the server can send them

/** @param {Realtime.Position} frame @param {Realtime.Position | null} position */
export function classifyFrame({ epoch, offset }, position) {
  if (position === null || epoch !== position.epoch) {
    return 'gap';
  }

  if (offset <= position.offset) {
    return 'duplicate';
  }

  return offset === position.offset + 1 ? 'next' : 'gap';
}

/** @param {Realtime.ChannelFrame} frame @returns {frame is Realtime.DurableFrame} */
export const isDurable = (frame) => frame.offset !== undefined;

// True when `position` includes everything up to `other`.
/** @param {Realtime.Position | null} position @param {Realtime.Position} other */
export const reaches = (position, other) => position?.epoch === other.epoch && position.offset >= other.offset;
