// The bodies of the HTTP API, as far as the page reads them. The records are in src/Grains.Interfaces and src/Gateway.

declare namespace Api {
  type ReplyStatus = 'queued' | 'generating' | 'completed' | 'cancelled' | 'failed';

  interface User {
    id: string;
    email: string | null;
    displayName: string;
    isGuest: boolean;
  }

  interface Persona {
    id: string;
    slug: string;
    name: string;
    title: string;
    category: string;
    shortBio: string;
    avatarUrl: string;
    greeting: string;
    conversationStarters: string[];
    isFeatured: boolean;
  }

  interface Conversation {
    id: string;
    title: string | null;
    /** The ids of the participants. */
    personas: string[];
    archived: boolean;
    createdAt: string;
    lastMessageAt: string | null;
  }

  interface MessagePreview {
    role: Message['role'];
    preview: string;
    createdAt: string;
  }

  interface ConversationListItem extends Conversation {
    lastMessage: MessagePreview | null;
    unread: number;
  }

  interface Message {
    id: string;
    /** 1, 2, 3… in the conversation. */
    seq: number;
    role: 'user' | 'assistant' | 'system';
    personaId: string | null;
    content: string;
    status: 'completed' | 'cancelled';
    /** The reply that produced the message; null for a user's message. */
    replyId: string | null;
    /** The user's message that the reply belongs to. */
    inReplyTo: string | null;
    /** For a regenerated reply: the first reply to the same message. */
    variantOf: string | null;
    createdAt: string;
    model: string | null;
  }

  interface Reply {
    id: string;
    messageId: string;
    personaId: string;
    status: ReplyStatus;
    /** Rank in the queue, 1 is next. */
    position: number | null;
    etaSeconds: number | null;
    text: string;
    usage: Usage | null;
    error: { code: string; text: string } | null;
  }

  interface Usage {
    model: string;
  }

  interface Problem {
    code?: string;
    title?: string;
    detail?: string;
    errors?: Record<string, string | string[]>;
    retryAfterSeconds?: number;
  }

  interface PersonasResponse {
    personas: Persona[];
    next: string | null;
  }

  interface MessagesResponse {
    /** Ascending by sequence number. */
    messages: Message[];
    next: string | null;
    openReplies: Reply[];
    epoch: string;
    offset: number;
  }

  interface Registration {
    displayName: string;
    email: string;
    password: string;
  }

  interface Credentials {
    email: string;
    password: string;
    remember: boolean;
  }

  /** The cursors and filters of a list. */
  type Page = Record<string, string | number | boolean | null>;

  /** The calls that `shared/api.js` makes. */
  interface Client {
    me(): Promise<{ user: User }>;
    guest(): Promise<{ user: User }>;
    register(account: Registration): Promise<{ user: User }>;
    login(credentials: Credentials): Promise<{ user: User }>;
    logout(): Promise<null>;

    personas(page: Page): Promise<PersonasResponse>;
    persona(idOrSlug: string): Promise<{ persona: Persona }>;

    conversations(page: Page): Promise<{ conversations: ConversationListItem[]; next: string | null }>;
    conversation(conversationId: string): Promise<{ conversation: Conversation }>;
    createConversation(personas: string[]): Promise<{ conversation: Conversation }>;
    updateConversation(conversationId: string, change: { title?: string; archived?: boolean }): Promise<unknown>;
    deleteConversation(conversationId: string): Promise<null>;
    markRead(conversationId: string, seq: number): Promise<unknown>;

    messages(conversationId: string, page: Page): Promise<MessagesResponse>;
    postMessage(
      conversationId: string, message: { content: string; clientMessageId: string },
    ): Promise<{ message: Message; replies: Reply[] }>;
    regenerate(messageId: string): Promise<{ replies: Reply[] }>;

    reply(replyId: string): Promise<{ reply: Reply }>;
    cancelReply(replyId: string): Promise<{ reply: Reply }>;
    replyEventsUrl(replyId: string): string;
  }
}
