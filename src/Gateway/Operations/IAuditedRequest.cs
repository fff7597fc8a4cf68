namespace JubileeVerse.Gateway.Operations;

/// <summary>A request body that is stored in the audit log, because it contains no secrets.</summary>
internal interface IAuditedRequest;
