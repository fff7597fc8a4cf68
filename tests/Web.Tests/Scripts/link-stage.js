// Remembers what a link has told its client.

import { VirtualClock } from './virtual-clock.js';

export class LinkStage {
  clock = new VirtualClock();
  opened = 0;
  frames = [];
  ends = [];
  handlers = {
    onOpen: () => {
      this.opened += 1;
    },
    onFrames: (frames) => this.frames.push(...frames),
    onEnd: ({ wasOpen }) => this.ends.push(wasOpen),
  };
}
