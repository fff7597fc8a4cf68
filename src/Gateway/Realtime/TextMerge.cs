namespace JubileeVerse.Gateway.Realtime;

/// <summary>What became of text that arrived.</summary>
internal enum TextMerge
{
    /// <summary>It was known, or of an earlier run.</summary>
    Ignored,

    /// <summary>The text grew, or began again.</summary>
    Applied,

    /// <summary>Text before it is missing: only a snapshot can tell it.</summary>
    Gap,
}
