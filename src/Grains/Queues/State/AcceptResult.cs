namespace JubileeVerse.Queues.State;

/// <summary>What became of an offered job.</summary>
internal enum AcceptKind
{
    Accepted,

    /// <summary>It is open here already, and was left alone.</summary>
    Known,

    /// <summary>It ended a short while ago.</summary>
    Ended,
}

/// <param name="Kind">What became of it.</param>
/// <param name="Standing">Where it stands; null when it has ended.</param>
/// <param name="Change">Its place, when it was accepted.</param>
internal readonly record struct AcceptResult(AcceptKind Kind, JobStanding? Standing, JobChange? Change);
