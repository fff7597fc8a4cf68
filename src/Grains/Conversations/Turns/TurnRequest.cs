namespace JubileeVerse.Conversations.Turns;

/// <summary>What a request for a turn is recognized by when it is repeated.</summary>
/// <param name="ClientKey">The idempotency key.</param>
/// <param name="Hash">What the key was used for: the hash of a post, or the id of the message whose replies are regenerated.</param>
internal readonly record struct TurnRequest(string ClientKey, string Hash);
