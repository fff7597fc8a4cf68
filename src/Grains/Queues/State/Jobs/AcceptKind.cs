namespace JubileeVerse.Queues.State.Jobs;

/// <summary>The outcome of an offer.</summary>
internal enum AcceptKind
{
    Accepted,

    /// <summary>A job with this id is open already; it was not changed.</summary>
    AlreadyOpen,

    /// <summary>A job with this id ended a short while ago.</summary>
    Ended,
}
