using System.Net;
using System.Text.Json;
using Xunit;

namespace JubileeVerse.Testing.Http;

/// <summary>An HTTP response with its whole body.</summary>
/// <param name="ContentType">The media type without parameters; null when there is no body.</param>
/// <param name="Text">The body as received.</param>
public sealed record ApiResponse(HttpStatusCode Status, string? ContentType, string Text)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Text);

    public T Read<T>() => JsonSerializer.Deserialize<T>(Text, Json)!;

    public void ShouldBe(HttpStatusCode expected) =>
        Assert.True(Status == expected, $"Expected {(int)expected}, got {(int)Status}: {Text}");

    /// <summary>Asserts a problem with this status and code, and with an error for the field when one is given.</summary>
    public void ShouldBeProblem(HttpStatusCode status, string code, string? field = null)
    {
        ShouldBe(status);
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(code, Body.GetProperty("code").GetString());
        Assert.Equal((int)status, Body.GetProperty("status").GetInt32());
        Assert.NotEqual("", Body.GetProperty("traceId").GetString());
        if (field is not null)
            Assert.True(
                Body.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out _), $"'{field}' is not named: {Text}");
    }

    internal static async Task<ApiResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(cancellationToken));
}
