using System.Globalization;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>A message of a user, and everything that the client has received of its reply.</summary>
internal sealed class Turn(string mark, TimeSpan askedAt)
{
    private TimeSpan _lastFrameAt = askedAt;

    public string Mark => mark;

    public string Content => MessageMark.MessageFor(mark);

    /// <summary>The same in each attempt.</summary>
    public string ClientMessageId { get; } =
        Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("D", CultureInfo.InvariantCulture);

    public TimeSpan PostedAt { get; } = askedAt;

    /// <summary>Null if the message was refused, or if no attempt got a response.</summary>
    public PostedTurn? Accepted { get; set; }

    /// <summary>True if the user saw an error.</summary>
    public bool HasGivenUp { get; set; }

    /// <summary>When the final frame was received; null if never.</summary>
    public TimeSpan? EndedAt { get; private set; }

    public StreamedText Stream { get; } = new();

    /// <summary>A violation of the stream's order; null if there is none.</summary>
    public string? StreamFault { get; set; }

    /// <summary>Longest time without a frame, from the post until the end or until the client was stopped.</summary>
    public TimeSpan LongestGap { get; private set; }

    /// <summary>From the first attempt of the post to the end.</summary>
    public TimeSpan? Duration => EndedAt - PostedAt;

    /// <summary>Records that a frame was received.</summary>
    public void RecordFrame(TimeSpan now)
    {
        if (now - _lastFrameAt > LongestGap)
            LongestGap = now - _lastFrameAt;
        _lastFrameAt = now;
    }

    public void End(TimeSpan now)
    {
        RecordFrame(now);
        EndedAt = now;
    }
}
