namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>How a stream continued after a reconnect.</summary>
/// <param name="HadLength">The length of the text before the reconnect, in UTF-16 code units.</param>
/// <param name="FrameType">The type of the first frame with text.</param>
/// <param name="Offset">The offset at which that frame's text begins.</param>
/// <param name="Status">The reply's status when that frame is a snapshot; else null.</param>
internal sealed record Resumption(int HadLength, string FrameType, int Offset, string? Status);
