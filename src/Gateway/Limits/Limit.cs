namespace JubileeVerse.Gateway.Limits;

/// <summary>The rate limit that a request is counted against.</summary>
/// <param name="Policy">The policy's name in the response headers.</param>
/// <param name="Subject">The session or client address whose requests are counted.</param>
/// <param name="Quota">Maximum number of requests in any window.</param>
internal sealed record Limit(string Policy, string Subject, int Quota)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public string Key => $"{Policy}:{Subject}";
}
