namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>The outcome of a turn.</summary>
internal enum Verdict
{
    /// <summary>The message was never accepted, so there is no guarantee.</summary>
    Refused,

    /// <summary>There is exactly one reply, and its text equals that of the model and of the stream.</summary>
    RepliedOnce,

    /// <summary>The message or its reply is stored more than once.</summary>
    Duplicated,

    /// <summary>The message or its reply was accepted but is not stored.</summary>
    Lost,

    /// <summary>The reply did not end within the time limit, or its end was never received.</summary>
    NeverEnded,

    /// <summary>The reply failed or was cancelled, although every call of the model succeeded and no user cancelled it.</summary>
    FailedOrCancelled,

    /// <summary>The texts of the stream, the store and the model differ.</summary>
    WrongText,
}
