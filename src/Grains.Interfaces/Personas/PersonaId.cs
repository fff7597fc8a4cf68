using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using JubileeVerse.Identity;

namespace JubileeVerse.Personas;

/// <summary>Identifies a persona.</summary>
[GenerateSerializer, Immutable, Alias("PersonaId")]
[JsonConverter(typeof(IdJsonConverter<PersonaId>))]
public readonly record struct PersonaId([property: Id(0)] Guid Value) : IId<PersonaId>
{
    public static PersonaId From(Guid value) => new(value);

    public static PersonaId New(TimeProvider time) => IId<PersonaId>.New(time);

    public static PersonaId Parse(string s) => IId<PersonaId>.ParseText(s);

    static PersonaId IParsable<PersonaId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PersonaId result) =>
        IId<PersonaId>.TryParseText(s, out result);

    public override string ToString() => Value.ToString();
}
