namespace JubileeVerse.Rules;

/// <summary>The close codes that share a reconnect rule, both ends included.</summary>
public sealed record ReconnectRange(ReconnectRule Rule, int First, int Last);
