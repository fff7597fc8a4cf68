using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using JubileeVerse.Identity;

namespace JubileeVerse.Replies;

/// <summary>Identifies a persona's reply to one message. Its job has the same id.</summary>
[GenerateSerializer, Immutable, Alias("ReplyId")]
[JsonConverter(typeof(IdJsonConverter<ReplyId>))]
public readonly record struct ReplyId([property: Id(0)] Guid Value) : IId<ReplyId>
{
    public static ReplyId From(Guid value) => new(value);

    public static ReplyId New(TimeProvider time) => IId<ReplyId>.New(time);

    public static ReplyId Parse(string s) => IId<ReplyId>.ParseText(s);

    static ReplyId IParsable<ReplyId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ReplyId result) =>
        IId<ReplyId>.TryParseText(s, out result);

    public override string ToString() => Value.ToString();
}
