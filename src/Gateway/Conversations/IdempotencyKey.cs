using JubileeVerse.Conversations;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;

namespace JubileeVerse.Gateway.Conversations;

/// <summary>
/// The key under which a command is known when it comes again: from the body, from the <c>Idempotency-Key</c> header,
/// or made here, so that our own second try cannot double it.
/// </summary>
/// <param name="Value">1 to 100 characters.</param>
/// <param name="IsMinted">Made here: whatever is known under it, this very request has done.</param>
internal readonly record struct IdempotencyKey(string Value, bool IsMinted)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Of a command that has no headers.</summary>
    public static IdempotencyKey Of(string? fromBody, TimeProvider time) =>
        fromBody is null ? new IdempotencyKey(MessageId.New(time).ToString(), IsMinted: true) : new IdempotencyKey(fromBody, IsMinted: false);

    public static IdempotencyKey Of(HttpRequest request, string? fromBody, TimeProvider time)
    {
        var fromHeader = request.Headers[Header].ToString();
        if (fromHeader.Length == 0)
            return Of(fromBody, time);

        var faults = new Faults();
        faults.AddIf(fromHeader.Length > PostMessage.MaxClientMessageIdLength, Header, $"At most {PostMessage.MaxClientMessageIdLength} characters.");
        faults.AddIf(!TextRules.IsClean(fromHeader), Header, TextRules.CleanRule);
        faults.AddIf(fromBody is not null && fromBody != fromHeader, Header, "It differs from the body's clientMessageId.");
        faults.ThrowIfAny();
        return new IdempotencyKey(fromHeader, IsMinted: false);
    }
}
