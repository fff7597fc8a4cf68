namespace JubileeVerse.Gateway.Limits;

/// <summary>What one request is counted against.</summary>
/// <param name="Policy">The policy's name, as the headers tell it.</param>
/// <param name="Subject">Whose count.</param>
/// <param name="Quota">Requests in any window.</param>
internal sealed record Limit(string Policy, string Subject, int Quota)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public string Key => $"{Policy}:{Subject}";
}
