namespace JubileeVerse.Replies;

/// <summary>Whether a worker may generate a reply now.</summary>
[GenerateSerializer, Alias("BeginReplyDecision")]
public enum BeginReplyDecision
{
    /// <summary>The reply has ended or does not exist, so the job is done.</summary>
    Ended = 0,

    /// <summary>An older reply of the conversation is still open, or a later run has begun, so the worker must retry later.</summary>
    NotYet = 1,

    /// <summary>The worker generates the reply.</summary>
    Proceed = 2,
}
