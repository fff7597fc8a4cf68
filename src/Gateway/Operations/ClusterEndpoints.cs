using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Admin endpoint that lists the cluster's processes.</summary>
internal static class ClusterEndpoints
{
    public static void MapCluster(this RouteGroupBuilder admin) => admin.MapGet("/cluster", GetAsync);

    private static async Task<Ok<ClusterResponse>> GetAsync(ClusterReporter reporter, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reporter.ReportAsync(cancellationToken));
}
