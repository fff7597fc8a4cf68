namespace JubileeVerse.Gateway.Operations;

/// <summary>A request body whose content belongs into the audit log: it has nothing secret in it.</summary>
internal interface IAuditedRequest;
