namespace JubileeVerse.Replies;

/// <summary>One run's line to the conversation that the reply belongs to.</summary>
internal interface IReplySession
{
    Task<BeginReplyResult> BeginAsync(CancellationToken cancellationToken);

    /// <summary>May fail while the conversation moves; what was sent may or may not have come through then.</summary>
    ValueTask<AppendReplyResult> AppendAsync(int textOffset, string text);

    /// <summary>Idempotent: the first completion stands, and repeating it is told so.</summary>
    Task<EndReplyResult> CompleteAsync(string text, string? language, TokenUsage usage, CancellationToken cancellationToken);
}
