// One connection to the hub over a WebSocket, without negotiation, so any gateway can serve it. It is used once: open, then
// ended.
//
// Other transports can replace it: Realtime.Connection states what a ChannelClient needs of a connection.

import { systemClock } from './clock.js';
import { HubError, handshake, invocation, ping, readHubError, RecordReader, recordType } from './hub-protocol.js';

const openTimeoutMs = 15_000;
const pingIntervalMs = 10_000;

// The hub of the server that served the page. `accessToken` is for clients without cookies.
/** @param {string} path @param {string | null} accessToken */
export function hubAddress(path = '/hubs/chat', accessToken = null) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (accessToken) {
    url.searchParams.set('access_token', accessToken);
  }

  return url.href;
}

/** @import { HubRecord } from './hub-protocol.js' */

/** @implements {Realtime.Connection} */
export class HubConnection {
  // When data last came from the server, of whatever kind.
  lastSeenAt;
  #address;
  #handlers;
  #createSocket;
  #clock;
  /** @type {WebSocket | null} */ #socket = null;
  #reader = new RecordReader();
  /** @type {Map<string, { resolve(result: unknown): void, reject(error: HubError): void }>} */ #calls = new Map();
  #lastCallId = 0;
  #lastSentAt = 0;
  #isOpen = false;
  #hasEnded = false;
  #cancelOpenTimeout = () => {};

  /**
   * @param {string} address
   * @param {Realtime.ConnectionHandlers} handlers
   * @param {{ createSocket?: (url: string) => WebSocket, clock?: Realtime.Clock }} options
   */
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

  /** @param {Realtime.SubscribeRequest[]} requests */
  subscribe(requests) {
    return /** @type {Promise<Realtime.SubscribeResult[]>} */ (this.invoke('Subscribe', requests));
  }

  /** @param {string[]} channels */
  unsubscribe(channels) {
    return this.invoke('Unsubscribe', channels);
  }

  // Calls a method of the hub; a refusal rejects with a HubError.
  /** @param {string} target @param {unknown[]} args @returns {Promise<unknown>} */
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

  /** @param {string} data */
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
  /** @param {string} data */
  #readRecords(data) {
    try {
      return this.#reader.read(data);
    } catch {
      this.close();
      return [];
    }
  }

  // The hub responds to the handshake with an empty record, or with an error.
  /** @param {HubRecord} record */
  #completeHandshake(record) {
    this.#cancelOpenTimeout();
    if (record.error) {
      this.close();
      return;
    }

    this.#isOpen = true;
    this.#handlers.onOpen();
  }

  /** @param {HubRecord} record */
  #handleRecord(record) {
    if (record.type === recordType.invocation && record.target === 'Receive') {
      this.#handlers.onFrames(/** @type {[Realtime.Frame[]]} */ (record.arguments)[0]);
    } else if (record.type === recordType.completion) {
      this.#completeCall(record);
    } else if (record.type === recordType.close) {
      this.close();
    }
  }

  /** @param {HubRecord} record */
  #completeCall({ invocationId, result, error }) {
    const call = this.#calls.get(String(invocationId));
    this.#calls.delete(String(invocationId));
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

  /** @param {string} text */
  #send(text) {
    this.#lastSentAt = this.#clock.now();
    this.#socket?.send(text);
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
