namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>The result of merging text into a reply.</summary>
internal enum TextMergeResult
{
    /// <summary>The text was known already, or belongs to an earlier run.</summary>
    Ignored,

    /// <summary>The text grew, or a new run started.</summary>
    Applied,

    /// <summary>Text before this text is missing; only a snapshot can supply it.</summary>
    Gap,
}
