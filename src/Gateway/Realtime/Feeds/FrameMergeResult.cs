namespace JubileeVerse.Gateway.Realtime.Feeds;

/// <summary>The result of applying a frame to a channel log.</summary>
internal enum FrameMergeResult
{
    /// <summary>The frame was new and has been added.</summary>
    Applied,

    /// <summary>The frame had been added or skipped before.</summary>
    Known,

    /// <summary>Durable frames before this one are missing, so it has to wait for them.</summary>
    Gap,

    /// <summary>Reply text before this frame is missing; a snapshot will contain both.</summary>
    TextGap,
}
