using JubileeVerse.Bench.Reports;

namespace JubileeVerse.Bench.Http;

/// <summary>The results for one store.</summary>
internal sealed record HttpFigures(
    string Storage, TimeSpan FirstStart, TimeSpan SecondStart, long IdleBytes, long LoadedBytes, IdleFigures Idle, LoadFigures Load)
{
    public double PostsPerSecond => Load.Posts.Count / Load.PostingTime.TotalSeconds;

    public double RepliesPerSecond => Load.Posts.Count / Load.TotalTime.TotalSeconds;

    public TimeSpan ProcessorTimePerReply => Load.ProcessorTime / Load.Posts.Count;

    public Latencies Posts => Load.Posts;

    public Latencies PostsIdle => Idle.Posts;

    public Latencies FirstTextIdle => Idle.FirstTexts;

    public Latencies FirstTextLoaded => Load.FirstTexts;
}
