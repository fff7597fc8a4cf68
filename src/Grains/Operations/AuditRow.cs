namespace JubileeVerse.Operations;

/// <summary>A row of <c>admin_audit</c>.</summary>
internal sealed class AuditRow
{
    public string Id { get; init; } = "";

    public long At { get; init; }

    public string UserId { get; init; } = "";

    public string UserName { get; init; } = "";

    public string Act { get; init; } = "";

    public string Target { get; init; } = "";

    public string? Details { get; init; }

    public int? Status { get; init; }

    public AuditEntry ToEntry() => new(
        Guid.Parse(Id), UnixTime.FromMilliseconds(At), Accounts.UserId.Parse(UserId), UserName, Act, Target, Details, Status);
}
