namespace JubileeVerse;

/// <summary>Unix milliseconds, the format of stored instants and of the queue's clock.</summary>
internal static class UnixTime
{
    public static DateTimeOffset FromMilliseconds(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? FromMilliseconds(long? milliseconds) => milliseconds is { } value ? FromMilliseconds(value) : null;

    public static long NowMs(this TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();
}
