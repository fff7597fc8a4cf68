namespace JubileeVerse.Replies;

/// <summary>A run's calls to the conversation of its reply.</summary>
internal interface IReplySession
{
    Task<BeginReplyResult> BeginAsync(CancellationToken cancellationToken);

    /// <summary>May fail while the conversation moves to another silo; the text may or may not have been appended then.</summary>
    ValueTask<AppendReplyResult> AppendAsync(int textOffset, string text);

    /// <summary>Idempotent: the first completion wins, and a repeated one gets the same result.</summary>
    Task<EndReplyResult> CompleteAsync(string text, string? language, TokenUsage usage, CancellationToken cancellationToken);
}
