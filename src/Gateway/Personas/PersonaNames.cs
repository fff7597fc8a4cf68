using System.Collections.Immutable;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Personas;
using JubileeVerse.Rules;

namespace JubileeVerse.Gateway.Personas;

/// <summary>Resolves the ids and slugs that clients send to personas.</summary>
internal static class PersonaNames
{
    private const string UnknownRule = "Must be the id or slug of an active persona.";

    /// <summary>Throws <c>UnknownPersona</c> that names the field.</summary>
    public static async Task<Persona> ResolveAsync(IGrainFactory grains, string idOrSlug, string field, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var persona = await FindAsync(grains, idOrSlug, cancellationToken);
        faults.AddIf(persona is null, field, UnknownRule);
        faults.ThrowIfAny(ErrorCode.UnknownPersona);
        return persona!;
    }

    /// <summary>Resolves all names in order. Throws <c>UnknownPersona</c> that names each unknown one as <c>personas[i]</c>.</summary>
    public static async Task<ImmutableArray<PersonaId>> ResolveAsync(
        IGrainFactory grains, IReadOnlyList<string>? names, CancellationToken cancellationToken)
    {
        if (names is null or { Count: 0 })
            return [];

        var found = await Task.WhenAll(names.Select(name => FindAsync(grains, name, cancellationToken)));
        var faults = new Faults();
        for (var i = 0; i < found.Length; i++)
            faults.AddIf(found[i] is null, $"personas[{i}]", UnknownRule);
        faults.ThrowIfAny(ErrorCode.UnknownPersona);
        return [.. found.Select(persona => persona!.Id)];
    }

    public static void Check(Faults faults, IReadOnlyList<string?>? names)
    {
        if (names is null)
            return;
        faults.AddIfAny("personas", names.Count == 0 ? null : PersonaCountRule.FindFault(names.Count));
        faults.AddIf(
            names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count, "personas", "Must not contain a persona twice.");
        for (var i = 0; i < names.Count; i++)
            faults.AddIf(string.IsNullOrWhiteSpace(names[i]), $"personas[{i}]", "Must be the id or slug of a persona.");
    }

    private static Task<Persona?> FindAsync(IGrainFactory grains, string idOrSlug, CancellationToken cancellationToken) =>
        grains.GetGrain<IPersonaCatalogGrain>(0).FindAsync(idOrSlug, cancellationToken);
}
