namespace JubileeVerse.Gateway.Realtime;

/// <summary>One link's reading of one reply. The reply itself and not its id: one that is tried again after it had failed is another.</summary>
internal sealed record ReplyTurn(LiveReply Reply, ReplyReader Reader);
