namespace JubileeVerse.Gateway.Operations;

/// <summary>Endpoint metadata: the action's name in the audit log, for an endpoint that changes state.</summary>
/// <param name="Name">In kebab case, for example <c>job-retry</c>.</param>
internal sealed record AuditedAction(string Name);
