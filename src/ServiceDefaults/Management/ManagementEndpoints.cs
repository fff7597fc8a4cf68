using JubileeVerse.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.ServiceDefaults.Management;

/// <summary>What the management listener answers. It is for operators and their machines: no session, no limits, and no page of ours.</summary>
public static class ManagementEndpoints
{
    /// <summary>For a silo, which has no other listener.</summary>
    public static void UseManagement(this WebApplication app) => Map(app);

    /// <summary>
    /// For a host with a main listener. To be called first: what comes by the management listener goes no further, so nothing of the main
    /// one is reachable there, and the other way round.
    /// </summary>
    public static void UseManagementBeside(this WebApplication app)
    {
        // A pipeline of its own: a branch of the application's would share its routes.
        var pipeline = new ApplicationBuilder(app.Services);
        pipeline.UseRouting();
        pipeline.UseEndpoints(Map);
        var management = pipeline.Build();
        var door = app.Services.GetRequiredService<ManagementDoor>();
        app.Use((HttpContext context, RequestDelegate next) => door.IsOf(context) ? management(context) : next(context));
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        var probes = routes.MapGroup("").ExcludeFromDescription();
        probes.MapGet("/live", () => Results.Ok(new ProbeAnswer("live")));
        probes.MapGet("/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness)
    {
        var answer = await readiness.AskAsync();
        return Results.Json(answer, statusCode: answer.Status == ReadyAnswer.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
