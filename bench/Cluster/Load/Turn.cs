using System.Globalization;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>One question of a person, and all that its client has seen of the answer.</summary>
internal sealed class Turn(string mark, TimeSpan askedAt)
{
    private TimeSpan _heardAt = askedAt;

    public string Mark => mark;

    public string Content => QuestionMark.Ask(mark);

    /// <summary>The same in each try.</summary>
    public string ClientMessageId { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("D", CultureInfo.InvariantCulture);

    public TimeSpan AskedAt { get; } = askedAt;

    /// <summary>Null when it was refused to the last try, or no try has been answered.</summary>
    public PostedTurn? Accepted { get; set; }

    /// <summary>The person was told that it did not work.</summary>
    public bool HasGivenUp { get; set; }

    /// <summary>When the end was heard; null if never.</summary>
    public TimeSpan? EndedAt { get; private set; }

    public StreamedText Stream { get; } = new();

    /// <summary>What was wrong with the stream's order.</summary>
    public string? StreamFault { get; set; }

    /// <summary>Longest time without a frame, from the post until the end or until the client was stopped.</summary>
    public TimeSpan LongestGap { get; private set; }

    /// <summary>From the first try of the post to the end.</summary>
    public TimeSpan? Duration => EndedAt - AskedAt;

    /// <summary>A frame came.</summary>
    public void Hear(TimeSpan now)
    {
        if (now - _heardAt > LongestGap)
            LongestGap = now - _heardAt;
        _heardAt = now;
    }

    public void End(TimeSpan now)
    {
        Hear(now);
        EndedAt = now;
    }
}
