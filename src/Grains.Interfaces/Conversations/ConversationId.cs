using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using JubileeVerse.Identity;

namespace JubileeVerse.Conversations;

/// <summary>Identifies a conversation.</summary>
[GenerateSerializer, Immutable, Alias("ConversationId")]
[JsonConverter(typeof(IdJsonConverter<ConversationId>))]
public readonly record struct ConversationId([property: Id(0)] Guid Value) : IId<ConversationId>
{
    public static ConversationId From(Guid value) => new(value);

    public static ConversationId New(TimeProvider time) => IId<ConversationId>.New(time);

    public static ConversationId Parse(string s) => IId<ConversationId>.ParseText(s);

    static ConversationId IParsable<ConversationId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ConversationId result) =>
        IId<ConversationId>.TryParseText(s, out result);

    public override string ToString() => Value.ToString();
}
