// The frames of docs/protocol.md that the page handles, and what the modules of js/realtime need of one another.

declare namespace Realtime {
  /** Every frame up to the offset has been applied. */
  interface Position {
    epoch: string;
    offset: number;
  }

  /** How much of a reply's text a client has. */
  interface TextPosition {
    replyId: string;
    run: number;
    textOffset: number;
  }

  // The properties that a group of frames lacks are `undefined`, so that a test for one of them narrows the type of the frame.

  interface OfConnection {
    channel?: undefined;
    replyId?: undefined;
    offset?: undefined;
  }

  interface OfChannel {
    channel: string;
    replyId?: undefined;
    offset?: undefined;
  }

  interface OfReply {
    channel: string;
    replyId: string;
    offset?: undefined;
  }

  interface Durable extends Position {
    channel: string;
    replyId?: undefined;
  }

  interface DurableOfReply extends Position {
    channel: string;
    replyId: string;
  }

  interface Connected extends OfConnection {
    type: 'connected';
    connectionId: string;
    heartbeatSeconds: number;
    /** Only of an event stream. */
    positions?: (Position & { channel: string })[];
  }

  interface Closing extends OfConnection {
    type: 'closing';
    code: number;
    reconnectAfterMs: number;
  }

  interface Gap extends OfChannel {
    type: 'gap';
    from: number;
    to: number;
    reason: string;
  }

  interface Unsubscribed extends OfChannel {
    type: 'unsubscribed';
    code: number;
  }

  interface MessagePosted extends Durable {
    type: 'new-message';
    message: Api.Message;
  }

  interface ConversationChanged extends Durable {
    type: 'conversation-updated';
    conversation: Api.Conversation;
    deleted: boolean;
  }

  interface ReadMarked extends Durable {
    type: 'read';
  }

  interface AdminNotice extends Durable {
    type: 'admin-notice';
    message: string;
  }

  interface ReplyQueued extends OfReply {
    type: 'ai-response-queued';
    personaId: string;
    position: number | null;
    etaSeconds: number | null;
  }

  interface ReplyStarted extends OfReply {
    type: 'ai-response-started';
    run: number;
  }

  interface ReplyDelta extends OfReply {
    type: 'ai-response-delta';
    run: number;
    textOffset: number;
    text: string;
  }

  interface ReplyRetrying extends OfReply {
    type: 'ai-response-retrying';
  }

  interface ReplySnapshot extends OfReply {
    type: 'snapshot';
    run: number;
    text: string;
    status: Api.ReplyStatus;
  }

  interface ReplyCompleted extends DurableOfReply {
    type: 'ai-response-complete';
    run: number;
    message: Api.Message;
    usage: Api.Usage;
  }

  interface ReplyFailed extends DurableOfReply {
    type: 'ai-response-error';
    text: string;
  }

  interface ReplyCancelled extends DurableOfReply {
    type: 'ai-response-cancelled';
    text: string;
  }

  type ReplyFrame =
    | ReplyQueued | ReplyStarted | ReplyDelta | ReplyRetrying | ReplySnapshot | ReplyCompleted | ReplyFailed | ReplyCancelled;
  type ChannelFrame = ReplyFrame | MessagePosted | ConversationChanged | ReadMarked | AdminNotice | Gap | Unsubscribed;
  type DurableFrame = Extract<ChannelFrame, Position>;
  type Frame = ChannelFrame | Connected | Closing;

  interface SubscribeRequest extends Partial<Position> {
    channel: string;
    replies?: TextPosition[];
  }

  interface Subscribed extends Position {
    channel: string;
    error?: null;
    recovered: boolean;
    events: DurableFrame[];
  }

  interface SubscribeRefused {
    channel?: string;
    error: string;
    recovered?: undefined;
    offset?: undefined;
  }

  type SubscribeResult = Subscribed | SubscribeRefused;

  /** What a ChannelClient needs of a connection. It is used once: open, then ended. */
  interface Connection {
    readonly lastSeenAt: number;
    open(): void;
    subscribe(requests: SubscribeRequest[]): Promise<SubscribeResult[]>;
    unsubscribe(channels: string[]): Promise<unknown>;
    /** Calls a method of the hub. */
    invoke(target: string, ...args: unknown[]): Promise<unknown>;
    close(): void;
  }

  interface ConnectionHandlers {
    onOpen(): void;
    onFrames(frames: Frame[]): void;
    /** Called once. */
    onEnd(end: { wasOpen: boolean }): void;
  }

  type CreateConnection = (handlers: ConnectionHandlers) => Connection;

  /** What a close code allows. */
  type ReconnectPlan = { kind: 'closed' | 'sign-in'; delayMs?: undefined } | { kind: 'after'; delayMs: number };

  type ClientState = 'stopped' | 'connecting' | 'open' | 'lost' | 'blocked' | 'sign-in' | 'closed';
  type ClientEvents = { state: null; connected: Connected };

  interface ClientOptions {
    createConnection: CreateConnection;
    createFallbackConnection?: CreateConnection | null;
    probe?(): Promise<'reachable' | 'unreachable' | 'signed-out'>;
    isHidden?(): boolean;
    clock?: Clock;
    random?(): number;
  }

  type FollowerState = 'waiting' | 'subscribing' | 'reloading' | 'live' | 'ended';

  /** Of which only onFrame is required; ChannelFollower documents them. */
  interface FollowerHandlers {
    onFrame(frame: ChannelFrame): void;
    onGap?(): Promise<Position | null>;
    replies?(): TextPosition[];
    onState?(state: FollowerState, code: string | number | null): void;
  }

  interface FollowOptions extends FollowerHandlers {
    position?: Position | null;
  }

  interface Subscription {
    resync(): void;
    close(): void;
  }

  interface Clock {
    now(): number;
    /** Calls `action` after the delay. Returns a function that cancels it. */
    after(delayMs: number, action: () => void): () => void;
  }
}
