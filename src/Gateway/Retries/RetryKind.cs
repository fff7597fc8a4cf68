namespace JubileeVerse.Gateway.Retries;

/// <summary>What a failed grain call says about trying again.</summary>
internal enum RetryKind
{
    /// <summary>The same would happen again.</summary>
    None = 0,

    /// <summary>A silo or the store is being replaced: soon it works.</summary>
    Passing = 1,

    /// <summary>Nobody answered in time. It may have been done, and whoever waits has waited long already.</summary>
    TimedOut = 2,
}
