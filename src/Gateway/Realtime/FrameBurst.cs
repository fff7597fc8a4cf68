namespace JubileeVerse.Gateway.Realtime;

/// <summary>What a link is sent in one write. Bounded: a link that has much to catch up with takes turns with the others.</summary>
internal sealed class FrameBurst
{
    /// <summary>Enough to catch up fast, and little enough to be held for a link that stalls. The frame that passes it is still in.</summary>
    public const int MaxBytes = 64 * 1024;

    private readonly List<LinkFrame> _frames = [];

    public IReadOnlyList<LinkFrame> Frames => _frames;

    /// <summary>Bytes of JSON.</summary>
    public int Bytes { get; private set; }

    /// <summary>Nothing more fits: what is left is for the link's next turn.</summary>
    public bool IsFull => Bytes >= MaxBytes;

    public void Add(SharedFrame frame, FramePlace? place)
    {
        _frames.Add(new LinkFrame(frame, place));
        Bytes += frame.Json.Length;
    }

    public void Clear()
    {
        _frames.Clear();
        Bytes = 0;
    }
}
