// Records the handler calls of a connection.

import { VirtualClock } from './virtual-clock.js';

export class ConnectionFixture {
  clock = new VirtualClock();
  openCount = 0;
  /** @type {Realtime.Frame[]} */ frames = [];
  /** @type {boolean[]} */ ends = [];
  /** @type {Realtime.ConnectionHandlers} */
  handlers = {
    onOpen: () => {
      this.openCount += 1;
    },
    onFrames: (frames) => this.frames.push(...frames),
    onEnd: ({ wasOpen }) => this.ends.push(wasOpen),
  };
}
