namespace JubileeVerse.Rules;

/// <summary>A reason for which the server closes a connection.</summary>
/// <param name="Number">The wire value, whose range defines <see cref="Reconnect"/>.</param>
/// <param name="Reason">A word for logs and for people; a client decides by the range of the number.</param>
public sealed record CloseCode(int Number, string Reason)
{
    public ReconnectRule Reconnect => CloseCodes.GetReconnectRule(Number);
}
