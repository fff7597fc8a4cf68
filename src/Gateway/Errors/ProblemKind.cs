namespace JubileeVerse.Gateway.Errors;

/// <summary>What HTTP says of one <see cref="ErrorCode"/>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The same sentence for every occurrence.</param>
internal sealed record ProblemKind(int Status, string Title);
