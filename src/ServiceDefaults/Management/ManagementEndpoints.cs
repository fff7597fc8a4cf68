using JubileeVerse.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.ServiceDefaults.Management;

/// <summary>
/// The endpoints of the management listener. It is for operators and their tools: it has no sessions, no rate limits and no pages.
/// </summary>
public static class ManagementEndpoints
{
    /// <summary>Maps the endpoints of a silo, which has no other listener.</summary>
    public static void UseManagement(this WebApplication app) => Map(app);

    /// <summary>
    /// Maps the endpoints of a host that has a main listener. It must be called first: requests to the management listener do not reach the
    /// main pipeline, and requests to the main listener do not reach this one.
    /// </summary>
    public static void UseManagementOnSeparatePort(this WebApplication app)
    {
        // A separate pipeline, because a branch of the application's pipeline would share its routes.
        var pipeline = new ApplicationBuilder(app.Services);
        pipeline.UseRouting();
        pipeline.UseEndpoints(Map);
        var management = pipeline.Build();
        var portFilter = app.Services.GetRequiredService<ManagementPortFilter>();
        app.Use((HttpContext context, RequestDelegate next) => portFilter.Matches(context) ? management(context) : next(context));
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        var probes = routes.MapGroup("").ExcludeFromDescription();
        probes.MapGet("/live", () => TypedResults.Ok(new ProbeResponse("live")));
        probes.MapGet("/ready", ReadyAsync);
    }

    private static async Task<JsonHttpResult<ReadyResponse>> ReadyAsync(Readiness readiness)
    {
        var response = await readiness.CheckAsync();
        var isReady = response.Status == ReadyResponse.Ready;
        return TypedResults.Json(response, statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
