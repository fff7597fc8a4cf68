namespace JubileeVerse.Gateway.Operations;

/// <summary>What an endpoint that changes something is called in the audit log.</summary>
/// <param name="Name">In kebab case, such as <c>job-retry</c>.</param>
internal sealed record AuditedAct(string Name);

internal static class AuditedActs
{
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder endpoint, string act) => endpoint.WithMetadata(new AuditedAct(act));
}
