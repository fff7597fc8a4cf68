// Where a client is in a channel, and what a durable frame is to it. Pure.
//
// A position is { epoch, offset }: everything up to the offset is known. The next durable frame has one more. Another
// epoch has nothing to do with the old one's offsets.
//   next   it follows, and moves the position
//   known  it was here before
//   hole   frames are missing before it; only the server can tell them

export function placeOf({ epoch, offset }, position) {
  if (position === null || epoch !== position.epoch) {
    return 'hole';
  }

  if (offset <= position.offset) {
    return 'known';
  }

  return offset === position.offset + 1 ? 'next' : 'hole';
}

export const isDurable = (frame) => frame.offset !== undefined;

// True when whoever is at `position` knows everything up to `other`.
export const reaches = (position, other) => position.epoch === other.epoch && position.offset >= other.offset;
