using JubileeVerse.Queues.Jobs;

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

/// <param name="Status">The job's status; null when the job has ended.</param>
/// <param name="Change">The change that stores the job's sort key; null unless the job was accepted.</param>
internal readonly record struct AcceptResult(AcceptKind Kind, JobStatus? Status, JobChange? Change);
