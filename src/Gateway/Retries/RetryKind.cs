namespace JubileeVerse.Gateway.Retries;

/// <summary>Whether and how a failed grain call is retried.</summary>
internal enum RetryKind
{
    /// <summary>Not retried, because the same failure would happen again.</summary>
    None = 0,

    /// <summary>A silo or the store is being replaced; a retry is likely to succeed soon.</summary>
    Transient = 1,

    /// <summary>No response arrived in time. The call may have been executed, and the caller has already waited long.</summary>
    TimedOut = 2,
}
