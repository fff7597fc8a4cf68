using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using JubileeVerse.Identity;

namespace JubileeVerse.Realtime;

/// <summary>Identifies one run of a gateway process. A restarted gateway has a new id.</summary>
[GenerateSerializer, Immutable, Alias("GatewayId")]
[JsonConverter(typeof(IdJsonConverter<GatewayId>))]
public readonly record struct GatewayId([property: Id(0)] Guid Value) : IId<GatewayId>
{
    public static GatewayId From(Guid value) => new(value);

    public static GatewayId New(TimeProvider time) => IId<GatewayId>.New(time);

    public static GatewayId Parse(string s) => IId<GatewayId>.ParseText(s);

    static GatewayId IParsable<GatewayId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out GatewayId result) =>
        IId<GatewayId>.TryParseText(s, out result);

    public override string ToString() => Value.ToString();
}
