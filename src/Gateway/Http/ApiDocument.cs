using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace JubileeVerse.Gateway.Http;

/// <summary>Serves the OpenAPI 3.1 document and its reference page.</summary>
internal static class ApiDocument
{
    public const string PagePath = "/docs";

    private const string Name = "v1";
    private const string Route = "/openapi/{documentName}.json";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddSchemaTransformer<WireSchemas>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "JubileeVerse", Version = Name, Description = "Conversations with personas." };
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocument(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi(Route).CacheOutput();
        app.MapScalarApiReference(
            PagePath, options => options.WithTitle("JubileeVerse").WithOpenApiRoutePattern(Route).DisableDefaultFonts());
    }
}
