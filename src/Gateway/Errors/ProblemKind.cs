namespace JubileeVerse.Gateway.Errors;

/// <summary>The HTTP status and the problem title of one <see cref="ErrorCode"/>; both are the same for every occurrence.</summary>
internal sealed record ProblemKind(int Status, string Title);
