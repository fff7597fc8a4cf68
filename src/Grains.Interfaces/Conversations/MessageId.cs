using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using JubileeVerse.Identity;

namespace JubileeVerse.Conversations;

/// <summary>Identifies a message of a conversation.</summary>
[GenerateSerializer, Immutable, Alias("MessageId")]
[JsonConverter(typeof(IdJsonConverter<MessageId>))]
public readonly record struct MessageId([property: Id(0)] Guid Value) : IId<MessageId>
{
    public static MessageId From(Guid value) => new(value);

    public static MessageId New(TimeProvider time) => IId<MessageId>.New(time);

    public static MessageId Parse(string s) => IId<MessageId>.ParseText(s);

    static MessageId IParsable<MessageId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MessageId result) =>
        IId<MessageId>.TryParseText(s, out result);

    public override string ToString() => Value.ToString();
}
