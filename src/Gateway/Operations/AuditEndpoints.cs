using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Http;
using JubileeVerse.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace JubileeVerse.Gateway.Operations;

/// <summary>Admin endpoint that lists the audit log.</summary>
internal static class AuditEndpoints
{
    private const int MaxActLength = 50;

    public static void MapAudit(this RouteGroupBuilder admin) => admin.MapGet("/audit", ListAsync);

    private static async Task<Ok<AuditListResponse>> ListAsync(
        UserId? user, string? act, int? limit, string? after, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var page = PageQuery.Read(faults, limit, after);
        TextRules.Optional(faults, "act", act, MaxActLength);
        faults.ThrowIfAny();
        var entries = await grains.GetGrain<IAuditLogGrain>(0).PageAsync(user, act, page, cancellationToken);
        return TypedResults.Ok(new AuditListResponse(entries.Items, entries.Next));
    }
}
