namespace JubileeVerse.Accounts;

/// <summary>A row of <c>sessions</c>.</summary>
internal sealed class SessionRow
{
    public string UserId { get; init; } = "";

    public string Payload { get; init; } = "";

    public long ExpiresAt { get; init; }

    public SessionTicket ToTicket() => new(
        Accounts.UserId.Parse(UserId), Convert.FromBase64String(Payload), DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt));
}
