using JubileeVerse.Accounts;

namespace JubileeVerse.Operations;

/// <summary>One act of an admin.</summary>
/// <param name="Id">Rises with time.</param>
/// <param name="At">When it began.</param>
/// <param name="UserId">Who.</param>
/// <param name="UserName">What they were called then, at most 80 characters.</param>
/// <param name="Act">What they did, such as <c>job-retry</c>.</param>
/// <param name="Target">To what, as the path below <c>/api/admin</c>, at most 300 characters.</param>
/// <param name="Details">What they asked for, as JSON of at most 2,000 characters; null where the act says it all.</param>
/// <param name="Status">How it was answered, as HTTP says it; null while that is not known, which it stays when the process ends first.</param>
[GenerateSerializer, Immutable, Alias("AuditEntry")]
public sealed record AuditEntry(
    Guid Id, DateTimeOffset At, UserId UserId, string UserName, string Act, string Target, string? Details, int? Status)
{
    public const int MaxTargetLength = 300;
    public const int MaxDetailsLength = 2000;
}
