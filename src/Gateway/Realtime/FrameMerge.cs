namespace JubileeVerse.Gateway.Realtime;

/// <summary>What became of a frame that arrived.</summary>
internal enum FrameMerge
{
    /// <summary>It is told.</summary>
    Applied,

    /// <summary>It has been told, or skipped.</summary>
    Known,

    /// <summary>Durable frames before it are missing: it has to wait for them.</summary>
    Hole,

    /// <summary>Text before it is missing: a snapshot will bring both.</summary>
    TextHole,
}
