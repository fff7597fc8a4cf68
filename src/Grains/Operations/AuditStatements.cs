using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Operations;

/// <summary>The statements that write the audit log, with the same text on both databases.</summary>
internal static class AuditStatements
{
    public static readonly TimeSpan Retention = TimeSpan.FromDays(365);

    private const string InsertEntry =
        """
        insert into admin_audit (id, at, user_id, user_name, act, target, details)
        values (@id, @at, @userId, @userName, @act, @target, @details) on conflict (id) do nothing
        """;

    private const string UpdateStatus = "update admin_audit set status = @status where id = @id";

    private const string DeleteOld =
        "delete from admin_audit where id in (select id from admin_audit where at < @before order by at limit 1000)";

    public static WriteUnit Begin(AuditEntry entry) => new(new Statement(
        InsertEntry,
        ("id", entry.Id.ToString()),
        ("at", entry.At.ToUnixTimeMilliseconds()),
        ("userId", entry.UserId.ToString()),
        ("userName", entry.UserName),
        ("act", entry.Act),
        ("target", entry.Target),
        ("details", entry.Details)));

    public static WriteUnit End(Guid id, int status) => new(new Statement(UpdateStatus, ("id", id.ToString()), ("status", status)));

    public static Statement Sweep(DateTimeOffset now) => new(DeleteOld, ("before", (now - Retention).ToUnixTimeMilliseconds()));
}
