import { plainText } from '../replies/markdown-inline.js';
import { avatar } from '../shared/avatar.js';
import { el, testId } from '../shared/dom.js';
import { exactTime, relativeTime } from '../shared/relative-time.js';
import { addressOf } from '../shared/router.js';
import { conversationMenuButton } from './conversation-menu.js';
import { personaCatalog } from './persona-catalog.js';

/** @param {Api.ConversationListItem} conversation @param {boolean} isCurrent */
export function conversationItem(conversation, isCurrent) {
  const persona = personaCatalog.peek(conversation.personas[0]);
  const title = conversation.title || persona?.name || 'Conversation';
  const at = conversation.lastMessage?.createdAt ?? conversation.lastMessageAt ?? conversation.createdAt;
  const unread = !isCurrent && conversation.unread > 0;
  return el(
    'li',
    { class: 'conversations__item', data: testId('conversation-item', { id: conversation.id }) },
    el(
      'a',
      {
        class: 'conversations__link', href: addressOf.conversation(conversation.id),
        'aria-current': isCurrent ? 'page' : null,
      },
      avatar(persona, 'small'),
      el(
        'span',
        { class: 'conversations__words' },
        el('span', { class: 'conversations__title' }, title),
        el('time', { datetime: at, title: exactTime(at) }, relativeTime(at)),
        el('span', { class: 'conversations__preview' }, previewOf(conversation)),
        unread && el('span', { class: 'unread' },
          String(conversation.unread), el('span', { class: 'visually-hidden' }, ' unread')),
      ),
    ),
    conversationMenuButton(conversation, `Options for ${title}`),
  );
}

/** @param {Api.ConversationListItem} conversation */
function previewOf({ lastMessage }) {
  if (!lastMessage) {
    return 'Nothing said yet';
  }

  return lastMessage.role === 'user' ? `You: ${lastMessage.preview}` : plainText(lastMessage.preview);
}
