using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Admin;

/// <summary>A notice to one user, to the subscribers of a channel, or to everyone.</summary>
internal sealed record NoticeRequest : ICheckedRequest, IAuditedRequest
{
    public const int MaxMessageLength = 2000;
    public const int MaxTypeLength = 50;

    private const string DefaultType = "info";

    /// <summary>1 to 2,000 characters.</summary>
    public string? Message { get; init; }

    /// <summary>The kind of notice, by which a page chooses how to show it; the default is <c>info</c>.</summary>
    public string? Type { get; init; }

    public Notice ToNotice() => new(Message!, Type ?? DefaultType);

    public void Check(Faults faults)
    {
        TextRules.Required(faults, "message", Message, MaxMessageLength);
        TextRules.Optional(faults, "type", Type, MaxTypeLength);
    }
}
