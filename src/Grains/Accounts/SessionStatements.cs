using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Accounts;

/// <summary>The statements that write the table <c>sessions</c>.</summary>
internal static class SessionStatements
{
    /// <summary>Maximum number of rows per sweep; a larger statement would delay the other units of its batch.</summary>
    private const int SweepRows = 1000;

    /// <summary>Stores nothing if the account is disabled, so that a concurrent renewal cannot restore a deleted session.</summary>
    public static Statement Set(string keyHash, SessionTicket ticket) => new(
        """
        insert into sessions (key_hash, user_id, payload, expires_at)
        select @key_hash, @user_id, @payload, @expires_at
        where not exists (select 1 from users where id = @user_id and disabled = true)
        on conflict (key_hash) do update set user_id = excluded.user_id, payload = excluded.payload, expires_at = excluded.expires_at
        """,
        ("key_hash", keyHash),
        ("user_id", ticket.UserId.ToString()),
        ("payload", Convert.ToBase64String(ticket.Payload)),
        ("expires_at", ticket.ExpiresAt.ToUnixTimeMilliseconds()));

    public static Statement Remove(string keyHash) => new("delete from sessions where key_hash = @key_hash", ("key_hash", keyHash));

    public static Statement RemoveAll(UserId userId) =>
        new("delete from sessions where user_id = @user_id", ("user_id", userId.ToString()));

    public static Statement Sweep(DateTimeOffset now) => new(
        $"""
        delete from sessions where key_hash in (
            select key_hash from sessions where expires_at <= @now order by expires_at limit {SweepRows})
        """,
        ("now", now.ToUnixTimeMilliseconds()));
}
