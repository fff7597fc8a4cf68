using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Conversations;

/// <summary>
/// The key that identifies repeated deliveries of one command. It comes from the body or from the <c>Idempotency-Key</c> header; otherwise
/// it is generated here, so that the gateway's own retry cannot execute the command twice.
/// </summary>
/// <param name="Value">At most <see cref="InputLimits.MaxClientMessageIdLength"/> characters.</param>
/// <param name="IsGenerated">True if the gateway generated the key, so only this request can have used it.</param>
internal readonly record struct IdempotencyKey(string Value, bool IsGenerated)
{
    public const string Header = "Idempotency-Key";

    /// <summary>For a command without headers, such as one from the hub.</summary>
    public static IdempotencyKey From(string? fromBody, TimeProvider time) =>
        fromBody is null
            ? new IdempotencyKey(MessageId.New(time).ToString(), IsGenerated: true)
            : new IdempotencyKey(fromBody, IsGenerated: false);

    public static IdempotencyKey From(HttpRequest request, string? fromBody, TimeProvider time)
    {
        var fromHeader = request.Headers[Header].ToString();
        if (fromHeader.Length == 0)
            return From(fromBody, time);

        var faults = new Faults();
        TextRules.Required(faults, Header, fromHeader, InputLimits.MaxClientMessageIdLength);
        faults.AddIf(fromBody is not null && fromBody != fromHeader, Header, "Must equal the body's clientMessageId.");
        faults.ThrowIfAny();
        return new IdempotencyKey(fromHeader, IsGenerated: false);
    }
}
