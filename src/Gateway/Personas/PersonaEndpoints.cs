using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Personas;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Personas;

/// <summary>Public endpoints of the persona catalogue.</summary>
internal static class PersonaEndpoints
{
    private const int MaxFilterLength = 100;

    public static void MapPersonas(this IEndpointRouteBuilder app)
    {
        var personas = app.MapGroup("/api/personas").CacheOutput(HttpServices.ShortCache).WithTags("Personas");
        personas.MapGet("", ListAsync);
        personas.MapGet("/categories", CategoriesAsync);
        personas.MapGet("/{idOrSlug}", GetAsync);
    }

    private static async Task<Ok<PersonaListResponse>> ListAsync(
        string? category,
        string? language,
        string? q,
        bool? featured,
        int? limit,
        string? after,
        IGrainFactory grains,
        CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var page = PageQuery.Read(faults, limit, after);
        faults.AddIf(category?.Length > MaxFilterLength, "category", $"Must be at most {MaxFilterLength} characters.");
        faults.AddIf(q?.Length > MaxFilterLength, "q", $"Must be at most {MaxFilterLength} characters.");
        TextRules.Language(faults, "language", NullIfEmpty(language));
        faults.ThrowIfAny();

        var filter = new PersonaFilter(NullIfEmpty(category), NullIfEmpty(language), NullIfEmpty(q), featured);
        var found = await grains.GetGrain<IPersonaCatalogGrain>(0).ListAsync(filter, page, cancellationToken);
        return TypedResults.Ok(new PersonaListResponse(found.Items, found.Next));
    }

    private static async Task<Ok<CategoriesResponse>> CategoriesAsync(IGrainFactory grains, CancellationToken cancellationToken) =>
        TypedResults.Ok(new CategoriesResponse(await grains.GetGrain<IPersonaCatalogGrain>(0).CategoriesAsync(cancellationToken)));

    private static async Task<Results<Ok<PersonaResponse>, ProblemResult>> GetAsync(
        string idOrSlug, IGrainFactory grains, CancellationToken cancellationToken) =>
        await grains.GetGrain<IPersonaCatalogGrain>(0).FindAsync(idOrSlug, cancellationToken) is { } persona
            ? TypedResults.Ok(new PersonaResponse(persona))
            : ProblemResult.NotFound("persona");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
