using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Http;

/// <summary>Latencies of one post at a time, without other load.</summary>
internal sealed record IdleFigures(Latencies Posts, Latencies FirstTexts);
