// The calls of the HTTP API that this page makes.

import { request } from './http.js';

const id = encodeURIComponent;

/** @param {Api.Page} values */
function query(values) {
  const pairs = Object.entries(values)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => [name, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

/** @type {Api.Client} */
export const api = {
  me: () => request('GET', '/auth/me'),
  guest: () => request('POST', '/auth/guest', {}),
  register: (account) => request('POST', '/auth/register', account),
  login: (credentials) => request('POST', '/auth/login', credentials),
  logout: () => request('POST', '/auth/logout'),

  personas: (page) => request('GET', `/personas${query(page)}`),
  persona: (idOrSlug) => request('GET', `/personas/${id(idOrSlug)}`),

  conversations: (page) => request('GET', `/conversations${query(page)}`),
  conversation: (conversationId) => request('GET', `/conversations/${id(conversationId)}`),
  createConversation: (personas) => request('POST', '/conversations', { personas }),
  updateConversation: (conversationId, change) => request('PATCH', `/conversations/${id(conversationId)}`, change),
  deleteConversation: (conversationId) => request('DELETE', `/conversations/${id(conversationId)}`),
  markRead: (conversationId, seq) => request('PUT', `/conversations/${id(conversationId)}/read`, { seq }),

  messages: (conversationId, page) => request('GET', `/conversations/${id(conversationId)}/messages${query(page)}`),
  postMessage: (conversationId, message) => request('POST', `/conversations/${id(conversationId)}/messages`, message),
  regenerate: (messageId) => request('POST', `/messages/${id(messageId)}/regenerate`),

  reply: (replyId) => request('GET', `/replies/${id(replyId)}`),
  cancelReply: (replyId) => request('POST', `/replies/${id(replyId)}/cancel`),
  replyEventsUrl: (replyId) => `/api/replies/${id(replyId)}/events`,
};
