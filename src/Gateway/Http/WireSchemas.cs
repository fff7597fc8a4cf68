using JubileeVerse.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JubileeVerse.Gateway.Http;

/// <summary>Describes the output of our own JSON converters, which the OpenAPI generator cannot inspect.</summary>
internal sealed class WireSchemas : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(string) || IsId(type))
        {
            var isNullable = type != context.JsonTypeInfo.Type;
            schema.Type = isNullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
            schema.Format = IsId(type) ? "uuid" : schema.Format;
        }

        return Task.CompletedTask;
    }

    private static bool IsId(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));
}
