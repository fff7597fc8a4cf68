namespace JubileeVerse.Conversations.Writing;

/// <summary>A message to insert.</summary>
/// <param name="ClientMessageId">The idempotency key of a user message; null for a reply's message.</param>
/// <param name="RequestHash">The hash of the request with that key, so that another body with the same key is detected.</param>
internal sealed record NewMessage(Message Message, string? ClientMessageId = null, string? RequestHash = null);
