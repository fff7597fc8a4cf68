using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Queues;
using JubileeVerse.Gateway.Realtime.Admin;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Maps all admin endpoints.</summary>
internal static class AdminEndpoints
{
    public static void MapAdmin(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/api/admin").RequireAuthorization(AdminRequirement.Policy).WithTags("Administration")
            .AddEndpointFilter<AuditFilter>();
        admin.MapQueues();
        admin.MapUserAdmin();
        admin.MapCluster();
        admin.MapAudit();
        admin.MapRealtimeAdmin();
    }
}
