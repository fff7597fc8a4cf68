namespace JubileeVerse.Gateway.Realtime;

/// <summary>Why the server closes a link, in the range that says when to come back: 4000 to 4099 now, 4300 to 4399 never.</summary>
internal static class CloseCodes
{
    public const int Drain = 4000;
    public const int Slow = 4001;
    public const int Lost = 4002;
    public const int Gone = 4300;
}
