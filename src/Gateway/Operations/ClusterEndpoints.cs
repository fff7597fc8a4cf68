namespace JubileeVerse.Gateway.Operations;

/// <summary>Admin endpoint that lists the cluster's processes.</summary>
internal static class ClusterEndpoints
{
    public static void MapCluster(this RouteGroupBuilder admin) => admin.MapGet("/cluster", GetAsync).Produces<ClusterResponse>();

    private static async Task<IResult> GetAsync(ClusterReporter reporter, CancellationToken cancellationToken) =>
        Results.Ok(await reporter.ReportAsync(cancellationToken));
}
