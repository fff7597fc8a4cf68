namespace JubileeVerse.Gateway.Realtime;

/// <summary>A frame on its way to one link.</summary>
/// <param name="Frame">Shared with all other links that are sent it.</param>
/// <param name="Place">Where the client stands with it; null where that does not change.</param>
internal readonly record struct LinkFrame(SharedFrame Frame, FramePlace? Place);
