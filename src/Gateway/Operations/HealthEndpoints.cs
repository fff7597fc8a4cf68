using JubileeVerse.Gateway.Limits;
using JubileeVerse.ServiceDefaults.Health;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Whether the process lives, may have traffic, and is well. For everyone, never limited.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        // Made now, because its uptime counts from then.
        app.ServiceProvider.GetRequiredService<HealthReporter>();
        var admin = app.MapGroup("/api/admin").WithMetadata(LimitPolicy.None).WithTags("Operations");
        admin.MapGet("/live", () => Results.Ok(new ProbeAnswer("live"))).Produces<ProbeAnswer>();
        admin.MapGet("/ready", ReadyAsync).Produces<ProbeAnswer>().Produces<ProbeAnswer>(StatusCodes.Status503ServiceUnavailable);
        admin.MapGet("/health", HealthAsync).Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness)
    {
        // What it stands on is told by the health answer.
        var answer = new ProbeAnswer((await readiness.AskAsync()).Status);
        return answer.Status == ReadyAnswer.Ready ? Results.Ok(answer) : Unavailable(answer);
    }

    private static async Task<IResult> HealthAsync(HealthReporter reporter, CancellationToken cancellationToken)
    {
        var health = await reporter.ReportAsync(cancellationToken);
        return health.Status == "unhealthy" ? Unavailable(health) : Results.Ok(health);
    }

    private static IResult Unavailable<T>(T answer) => Results.Json(answer, statusCode: StatusCodes.Status503ServiceUnavailable);
}
