using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Http;

/// <summary>One post at a time, nothing else going on.</summary>
internal sealed record IdleFigures(Latencies Posts, Latencies FirstTexts);
