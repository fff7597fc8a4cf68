using JubileeVerse.Accounts;

namespace JubileeVerse.Operations;

/// <summary>An action of an admin.</summary>
/// <param name="Id">Increases with time.</param>
/// <param name="At">When the action began.</param>
/// <param name="UserId">The admin.</param>
/// <param name="UserName">The display name of the admin at that time, at most 80 characters.</param>
/// <param name="Act">The action, such as <c>job-retry</c>.</param>
/// <param name="Target">The target of the action, as the path below <c>/api/admin</c>, at most 300 characters.</param>
/// <param name="Details">The request body, as JSON of at most 2,000 characters; null if there is none.</param>
/// <param name="Status">
/// The HTTP status of the response; null until it is known. It stays null if the process ends before the action does.
/// </param>
[GenerateSerializer, Immutable, Alias("AuditEntry")]
public sealed record AuditEntry(
    Guid Id, DateTimeOffset At, UserId UserId, string UserName, string Act, string Target, string? Details, int? Status)
{
    public const int MaxTargetLength = 300;
    public const int MaxDetailsLength = 2000;
}
