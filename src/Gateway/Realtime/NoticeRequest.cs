using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Realtime;

namespace JubileeVerse.Gateway.Realtime;

/// <summary>What people are to be told.</summary>
internal sealed record NoticeRequest : ICheckedRequest, IAuditedRequest
{
    public const int MaxMessageLength = 2000;
    public const int MaxTypeLength = 50;

    private const string DefaultType = "info";

    /// <summary>1 to 2,000 characters.</summary>
    public string? Message { get; init; }

    /// <summary>What sort it is, for pages to show it by; <c>info</c> when it is left out.</summary>
    public string? Type { get; init; }

    public Notice ToNotice() => new(Message!, Type ?? DefaultType);

    public void Check(Faults faults)
    {
        TextRules.Required(faults, "message", Message, MaxMessageLength);
        TextRules.Optional(faults, "type", Type, MaxTypeLength);
    }
}
