// One link to the hub over a WebSocket, without negotiation: any gateway will do. It lives once: open, then ended.
//
// Other ways to reach the server can stand in its place; a ChannelClient needs of a link:
//   open() · subscribe(requests) → answers · unsubscribe(channels) · close() · heardAt
//   and that it calls onOpen(), onFrames(frames), and once onEnd({ wasOpen })

import { systemClock } from './clock.js';
import { HubError, handshake, invocation, ping, readHubError, RecordReader, recordType } from './hub-protocol.js';

const openLimitMs = 15_000;
const pingAfterMs = 10_000;

// For a page: the hub of the server that it came from. `accessToken` is for clients without cookies.
export function hubAddress(path = '/hubs/chat', accessToken = null) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (accessToken) {
    url.searchParams.set('access_token', accessToken);
  }

  return url.href;
}

export class HubLink {
  // When something last came from the server, whatever it was.
  heardAt;
  #address;
  #handlers;
  #createSocket;
  #clock;
  #socket = null;
  #reader = new RecordReader();
  #calls = new Map();
  #lastCall = 0;
  #sentAt = 0;
  #isOpen = false;
  #hasEnded = false;
  #cancelOpenLimit = () => {};

  constructor(address, handlers, { createSocket = (url) => new WebSocket(url), clock = systemClock } = {}) {
    this.#address = address;
    this.#handlers = handlers;
    this.#createSocket = createSocket;
    this.#clock = clock;
    this.heardAt = clock.now();
  }

  open() {
    const socket = this.#createSocket(this.#address);
    this.#socket = socket;
    socket.onopen = () => this.#send(handshake);
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = () => this.#end();
    // An address that swallows every packet would keep a browser waiting for minutes.
    this.#cancelOpenLimit = this.#clock.after(openLimitMs, () => this.close());
  }

  subscribe(requests) {
    return this.invoke('Subscribe', requests);
  }

  unsubscribe(channels) {
    return this.invoke('Unsubscribe', channels);
  }

  // Calls a method of the hub; a refusal is a HubError.
  invoke(target, ...args) {
    if (!this.#isOpen) {
      return Promise.reject(new HubError(null, 'The link is not open.'));
    }

    const id = String((this.#lastCall += 1));
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      this.#send(invocation(id, target, args));
    });
  }

  close() {
    this.#socket?.close();
    this.#end();
  }

  #receive(data) {
    this.heardAt = this.#clock.now();
    for (const record of this.#recordsOf(data)) {
      if (this.#hasEnded) {
        return;
      }

      if (this.#isOpen) {
        this.#take(record);
        this.#sayIAmHere();
      } else {
        this.#greet(record);
      }
    }
  }

  // What cannot be read comes from something that is not the hub.
  #recordsOf(data) {
    try {
      return this.#reader.read(data);
    } catch {
      this.close();
      return [];
    }
  }

  // The answer to the handshake: an empty record, or an error.
  #greet(record) {
    this.#cancelOpenLimit();
    if (record.error) {
      this.close();
      return;
    }

    this.#isOpen = true;
    this.#handlers.onOpen();
  }

  #take(record) {
    if (record.type === recordType.invocation && record.target === 'Receive') {
      this.#handlers.onFrames(record.arguments[0]);
    } else if (record.type === recordType.completion) {
      this.#complete(record);
    } else if (record.type === recordType.close) {
      this.close();
    }
  }

  #complete({ invocationId, result, error }) {
    const call = this.#calls.get(invocationId);
    this.#calls.delete(invocationId);
    if (error) {
      call?.reject(readHubError(error));
    } else {
      call?.resolve(result);
    }
  }

  // The server has to hear of this side as well. A hidden tab's timers sleep for a minute at a time, messages do not: so
  // what comes is what this side's pings are timed by. Not the server's pings alone, as it sends none while it has frames.
  #sayIAmHere() {
    if (this.#isOpen && this.#clock.now() - this.#sentAt >= pingAfterMs) {
      this.#send(ping);
    }
  }

  #send(text) {
    this.#sentAt = this.#clock.now();
    this.#socket.send(text);
  }

  #end() {
    if (this.#hasEnded) {
      return;
    }

    this.#hasEnded = true;
    this.#cancelOpenLimit();
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    this.#calls.forEach(({ reject }) => reject(new HubError(null, 'The link has ended.')));
    this.#calls.clear();
    this.#handlers.onEnd({ wasOpen });
  }
}
