namespace JubileeVerse.Gateway.Operations;

/// <summary>The cluster's processes, for admins.</summary>
internal static class ClusterEndpoints
{
    public static void MapCluster(this RouteGroupBuilder admin) => admin.MapGet("/cluster", GetAsync).Produces<ClusterAnswer>();

    private static async Task<IResult> GetAsync(ClusterReporter reporter, CancellationToken cancellationToken) =>
        Results.Ok(await reporter.ReportAsync(cancellationToken));
}
