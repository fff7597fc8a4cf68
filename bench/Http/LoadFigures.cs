using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Http;

/// <summary>The results with many posts in flight.</summary>
/// <param name="Posts">From the request to its 202.</param>
/// <param name="FirstTexts">From the request to the first text on its stream; a small sample during the load.</param>
/// <param name="PostingTime">From the first request to the last 202.</param>
/// <param name="TotalTime">From the first request until the last reply had ended.</param>
/// <param name="ProcessorTime">CPU time of the server over the total time.</param>
internal sealed record LoadFigures(Latencies Posts, Latencies FirstTexts, TimeSpan PostingTime, TimeSpan TotalTime, TimeSpan ProcessorTime);
