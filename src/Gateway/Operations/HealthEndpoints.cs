using JubileeVerse.Gateway.Limits;
using JubileeVerse.ServiceDefaults.Health;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Liveness, readiness and health endpoints. They are public and exempt from rate limits.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        // Created at startup, because the reported uptime counts from its creation.
        app.ServiceProvider.GetRequiredService<HealthReporter>();
        var admin = app.MapGroup("/api/admin").WithMetadata(LimitPolicy.None).WithTags("Operations");
        admin.MapGet("/live", () => TypedResults.Ok(new ProbeResponse("live")));
        admin.MapGet("/ready", ReadyAsync).Produces<ProbeResponse>(StatusCodes.Status503ServiceUnavailable);
        admin.MapGet("/health", HealthAsync).Produces<HealthResponse>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Ok<ProbeResponse>, JsonHttpResult<ProbeResponse>>> ReadyAsync(Readiness readiness)
    {
        // Only the status is returned here; the health endpoint reports the dependencies.
        var response = new ProbeResponse((await readiness.CheckAsync()).Status);
        return response.Status == ReadyResponse.Ready ? TypedResults.Ok(response) : Unavailable(response);
    }

    private static async Task<Results<Ok<HealthResponse>, JsonHttpResult<HealthResponse>>> HealthAsync(
        HealthReporter reporter, CancellationToken cancellationToken)
    {
        var health = await reporter.ReportAsync(cancellationToken);
        return health.Status == "unhealthy" ? Unavailable(health) : TypedResults.Ok(health);
    }

    private static JsonHttpResult<T> Unavailable<T>(T response) =>
        TypedResults.Json(response, statusCode: StatusCodes.Status503ServiceUnavailable);
}
