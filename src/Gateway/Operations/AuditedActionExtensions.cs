namespace JubileeVerse.Gateway.Operations;

internal static class AuditedActionExtensions
{
    public static RouteHandlerBuilder Audited(this RouteHandlerBuilder endpoint, string act) =>
        endpoint.WithMetadata(new AuditedAction(act));
}
