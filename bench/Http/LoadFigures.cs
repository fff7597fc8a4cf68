using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Http;

/// <summary>Many posts in flight.</summary>
/// <param name="Posts">Each from the request to its 202.</param>
/// <param name="FirstTexts">Each from the request to the first text on its stream; few among many, made while the load was on.</param>
/// <param name="PostingTime">From the first request to the last 202.</param>
/// <param name="TotalTime">From the first request until the last reply had ended.</param>
/// <param name="ProcessorTime">The server's, over the total time.</param>
internal sealed record LoadFigures(Latencies Posts, Latencies FirstTexts, TimeSpan PostingTime, TimeSpan TotalTime, TimeSpan ProcessorTime);
