using JubileeVerse.Gateway.Accounts;

namespace JubileeVerse.Gateway.Operations;

/// <summary>The cluster's processes, for admins.</summary>
internal static class ClusterEndpoints
{
    public static void MapCluster(this IEndpointRouteBuilder app) => app
        .MapGet("/api/admin/cluster", GetAsync)
        .RequireAuthorization(AdminRequirement.Policy)
        .WithTags("Administration")
        .Produces<ClusterAnswer>();

    private static async Task<IResult> GetAsync(ClusterReporter reporter, CancellationToken cancellationToken) =>
        Results.Ok(await reporter.ReportAsync(cancellationToken));
}
