namespace JubileeVerse.Integration.Tests.Cluster;

/// <summary>How a stream went on for somebody who came back.</summary>
/// <param name="HadLength">UTF-16 code units of the text that they had.</param>
/// <param name="FrameType">The first frame with text.</param>
/// <param name="Offset">Where its text begins.</param>
/// <param name="Status">The reply's, where that frame is a snapshot.</param>
internal sealed record Resumption(int HadLength, string FrameType, int Offset, string? Status);
