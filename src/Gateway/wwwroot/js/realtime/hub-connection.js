// One connection to the hub over a WebSocket, without negotiation, so any gateway can serve it. It is used once: open, then
// ended.
//
// Other transports can replace it. A ChannelClient needs of a connection:
//   open() · subscribe(requests) → results · unsubscribe(channels) · invoke(target, ...args) · close() · lastSeenAt
//   and that it calls onOpen(), onFrames(frames), and once onEnd({ wasOpen })

import { systemClock } from './clock.js';
import { HubError, handshake, invocation, ping, readHubError, RecordReader, recordType } from './hub-protocol.js';

const openTimeoutMs = 15_000;
const pingIntervalMs = 10_000;

// The hub of the server that served the page. `accessToken` is for clients without cookies.
export function hubAddress(path = '/hubs/chat', accessToken = null) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (accessToken) {
    url.searchParams.set('access_token', accessToken);
  }

  return url.href;
}

export class HubConnection {
  // When data last came from the server, of whatever kind.
  lastSeenAt;
  #address;
  #handlers;
  #createSocket;
  #clock;
  #socket = null;
  #reader = new RecordReader();
  #calls = new Map();
  #lastCallId = 0;
  #lastSentAt = 0;
  #isOpen = false;
  #hasEnded = false;
  #cancelOpenTimeout = () => {};

  constructor(address, handlers, { createSocket = (url) => new WebSocket(url), clock = systemClock } = {}) {
    this.#address = address;
    this.#handlers = handlers;
    this.#createSocket = createSocket;
    this.#clock = clock;
    this.lastSeenAt = clock.now();
  }

  open() {
    const socket = this.#createSocket(this.#address);
    this.#socket = socket;
    socket.onopen = () => this.#send(handshake);
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = () => this.#end();
    // Without a timeout an address that drops every packet would keep a browser waiting for minutes.
    this.#cancelOpenTimeout = this.#clock.after(openTimeoutMs, () => this.close());
  }

  subscribe(requests) {
    return this.invoke('Subscribe', requests);
  }

  unsubscribe(channels) {
    return this.invoke('Unsubscribe', channels);
  }

  // Calls a method of the hub; a refusal rejects with a HubError.
  invoke(target, ...args) {
    if (!this.#isOpen) {
      return Promise.reject(new HubError(null, 'The connection is not open.'));
    }

    const id = String((this.#lastCallId += 1));
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
    this.lastSeenAt = this.#clock.now();
    for (const record of this.#readRecords(data)) {
      if (this.#hasEnded) {
        return;
      }

      if (this.#isOpen) {
        this.#handleRecord(record);
        this.#pingWhenDue();
      } else {
        this.#completeHandshake(record);
      }
    }
  }

  // Data that cannot be parsed does not come from the hub.
  #readRecords(data) {
    try {
      return this.#reader.read(data);
    } catch {
      this.close();
      return [];
    }
  }

  // The hub responds to the handshake with an empty record, or with an error.
  #completeHandshake(record) {
    this.#cancelOpenTimeout();
    if (record.error) {
      this.close();
      return;
    }

    this.#isOpen = true;
    this.#handlers.onOpen();
  }

  #handleRecord(record) {
    if (record.type === recordType.invocation && record.target === 'Receive') {
      this.#handlers.onFrames(record.arguments[0]);
    } else if (record.type === recordType.completion) {
      this.#completeCall(record);
    } else if (record.type === recordType.close) {
      this.close();
    }
  }

  #completeCall({ invocationId, result, error }) {
    const call = this.#calls.get(invocationId);
    this.#calls.delete(invocationId);
    if (error) {
      call?.reject(readHubError(error));
    } else {
      call?.resolve(result);
    }
  }

  // The server needs pings from this side as well. In a hidden tab timers may be delayed by a minute but messages are not, so
  // each received record triggers a ping when one is due. Not only the server's pings do: it sends none while it sends frames.
  #pingWhenDue() {
    if (this.#isOpen && this.#clock.now() - this.#lastSentAt >= pingIntervalMs) {
      this.#send(ping);
    }
  }

  #send(text) {
    this.#lastSentAt = this.#clock.now();
    this.#socket.send(text);
  }

  #end() {
    if (this.#hasEnded) {
      return;
    }

    this.#hasEnded = true;
    this.#cancelOpenTimeout();
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    this.#calls.forEach(({ reject }) => reject(new HubError(null, 'The connection has ended.')));
    this.#calls.clear();
    this.#handlers.onEnd({ wasOpen });
  }
}
