using System.Net;
using System.Text.Json;
using Xunit;

namespace JubileeVerse.Testing.Http;

/// <summary>An answer that has been read to its end.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">Without parameters; null where there is no body.</param>
/// <param name="Text">The body as it came.</param>
public sealed record ApiAnswer(HttpStatusCode Status, string? ContentType, string Text)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Text);

    public T Read<T>() => JsonSerializer.Deserialize<T>(Text, Json)!;

    public void ShouldBe(HttpStatusCode expected) => Assert.True(Status == expected, $"Expected {(int)expected}, got {(int)Status}: {Text}");

    /// <summary>A problem of this status and code; with the field, the one that is named.</summary>
    public void ShouldBeProblem(HttpStatusCode status, string code, string? field = null)
    {
        ShouldBe(status);
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(code, Body.GetProperty("code").GetString());
        Assert.Equal((int)status, Body.GetProperty("status").GetInt32());
        Assert.NotEqual("", Body.GetProperty("traceId").GetString());
        if (field is not null)
            Assert.True(Body.TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out _), $"'{field}' is not named: {Text}");
    }

    internal static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(cancellationToken));
}
