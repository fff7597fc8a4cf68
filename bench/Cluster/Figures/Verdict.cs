namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>What became of a question.</summary>
internal enum Verdict
{
    /// <summary>Never accepted, so nothing was promised.</summary>
    Refused,

    /// <summary>One answer, the model's own words, and the same in the stream.</summary>
    AnsweredOnce,

    /// <summary>The question or its answer is there more than once.</summary>
    Doubled,

    /// <summary>Accepted, and not there.</summary>
    Lost,

    /// <summary>Not at its end when all time was over, or its end was never told.</summary>
    NeverEnded,

    /// <summary>It ended as failed or cancelled, though the model answered every call and nobody cancelled.</summary>
    EndedOtherwise,

    /// <summary>The text in the stream, in the store and from the model are not one.</summary>
    WrongText,
}
