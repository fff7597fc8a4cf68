using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using JubileeVerse.Identity;

namespace JubileeVerse.Accounts;

/// <summary>Identifies a user: an account or a guest.</summary>
[GenerateSerializer, Immutable, Alias("UserId")]
[JsonConverter(typeof(IdJsonConverter<UserId>))]
public readonly record struct UserId([property: Id(0)] Guid Value) : IId<UserId>
{
    public static UserId From(Guid value) => new(value);

    public static UserId New(TimeProvider time) => IId<UserId>.New(time);

    public static UserId Parse(string s) => IId<UserId>.ParseText(s);

    static UserId IParsable<UserId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out UserId result) =>
        IId<UserId>.TryParseText(s, out result);

    public override string ToString() => Value.ToString();
}
