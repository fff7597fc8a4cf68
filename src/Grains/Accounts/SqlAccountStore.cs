using System.Collections.Immutable;
using Dapper;
using JubileeVerse.Errors;
using JubileeVerse.Paging;
using JubileeVerse.Replies;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Accounts;

internal sealed class SqlAccountStore(IDatabase database, IWriteBatcher writes, TimeProvider time) : IAccountStore
{
    private const string Insert =
        """
        insert into users (id, version, email, email_key, password_hash, display_name, role, plan, preferred_language, default_persona,
            is_guest, disabled, search_key, created_at, updated_at)
        values (@id, @version, @email, @email_key, @password_hash, @display_name, @role, @plan, @preferred_language, @default_persona,
            @is_guest, @disabled, @search_key, @created_at, @now)
        """;

    private const string Update =
        """
        update users set version = case when version = @version then @version + 1 end, email = @email, email_key = @email_key,
            password_hash = @password_hash, display_name = @display_name, role = @role, plan = @plan,
            preferred_language = @preferred_language, default_persona = @default_persona, is_guest = @is_guest, disabled = @disabled,
            search_key = @search_key, updated_at = @now
        where id = @id
        """;

    public async Task<Account?> FindAsync(UserId id, CancellationToken cancellationToken) =>
        await FindAsync("id = @id", new { id = id.ToString() }, cancellationToken);

    public async Task<Account?> FindByEmailAsync(string emailKey, CancellationToken cancellationToken) =>
        await FindAsync("email_key = @emailKey", new { emailKey }, cancellationToken);

    public Task AddAsync(Account account, CancellationToken cancellationToken) =>
        writes.CommitAsync(new WriteUnit(CreateStatement(Insert, account, ("created_at", account.CreatedAt))), cancellationToken);

    public async Task<Account> SaveAsync(Account account, CancellationToken cancellationToken)
    {
        var update = CreateStatement(Update, account);
        var unit = account.Disabled ? new WriteUnit(update, SessionStatements.RemoveAll(account.Id)) : new WriteUnit(update);
        await writes.CommitAsync(unit, cancellationToken);
        return account with { Version = account.Version + 1 };
    }

    public async Task<Page<User>> SearchAsync(string? text, PageRequest page, CancellationToken cancellationToken)
    {
        if (page.Limit is < 1 or > PageRequest.MaxLimit)
            throw JubileeException.Invalid("limit", $"Must be from 1 to {PageRequest.MaxLimit}; it is {page.Limit}.");
        if (page.After is not null && !UserId.TryParse(page.After, null, out _))
            throw JubileeException.Invalid("after", "Must be the next cursor of an earlier page.");

        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = (await connection.QueryAsync<AccountRow>(new CommandDefinition(
            $"""
            select {AccountRow.Columns} from users
            where id < @after and search_key like @pattern escape '\'
            order by id desc limit @limit
            """,
            new { after = page.After ?? "g", pattern = AccountSearch.Pattern(text), limit = page.Limit + 1 },
            cancellationToken: cancellationToken))).AsList();
        return new Page<User>(
            [.. rows.Take(page.Limit).Select(row => row.ToAccount().ToUser())],
            rows.Count > page.Limit ? rows[page.Limit - 1].Id : null);
    }

    public async Task<bool> AnyAdminAsync(CancellationToken cancellationToken) =>
        await AnyAsync("select count(*) from users where role = @role", new { role = AccountRow.AdminRole }, cancellationToken);

    public async Task<bool> IsActivePersonaAsync(string slug, CancellationToken cancellationToken) =>
        await AnyAsync("select count(*) from personas where slug = @slug and is_active = true", new { slug }, cancellationToken);

    public async Task<ImmutableArray<ReplyId>> FindOpenRepliesAsync(UserId id, CancellationToken cancellationToken) =>
        await QueryReplyIdsAsync(
            "user_id = @id and ended_at is null", new DynamicParameters(new { id = id.ToString() }), cancellationToken);

    public async Task<ImmutableArray<ReplyId>> FindEndedRepliesAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken)
    {
        if (replies.IsEmpty)
            return [];

        // Built by hand, because Dapper expands list parameters on only one of the two databases.
        var parameters = new DynamicParameters();
        foreach (var (index, reply) in replies.Index())
            parameters.Add($"id{index}", reply.ToString());
        var names = string.Join(", ", parameters.ParameterNames.Select(name => "@" + name));
        return await QueryReplyIdsAsync($"ended_at is not null and id in ({names})", parameters, cancellationToken);
    }

    private async Task<ImmutableArray<ReplyId>> QueryReplyIdsAsync(
        string where, DynamicParameters parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var ids = await connection.QueryAsync<string>(
            new CommandDefinition($"select id from replies where {where}", parameters, cancellationToken: cancellationToken));
        return [.. ids.Select(id => ReplyId.Parse(id))];
    }

    private async Task<Account?> FindAsync(string where, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<AccountRow>(new CommandDefinition(
            $"select {AccountRow.Columns} from users where {where}", parameters, cancellationToken: cancellationToken));
        return row?.ToAccount();
    }

    private async Task<bool> AnyAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken)) > 0;
    }

    private Statement CreateStatement(string sql, Account account, params ReadOnlySpan<(string, object?)> more) => new(
        sql,
        [
            ("id", account.Id.ToString()),
            ("version", account.Version),
            ("email", account.Email),
            ("email_key", account.Email is { } email ? AccountRules.EmailKey(email) : null),
            ("password_hash", account.PasswordHash),
            ("display_name", account.DisplayName),
            ("role", AccountRow.RoleName(account.Role)),
            ("plan", account.Plan),
            ("preferred_language", account.PreferredLanguage),
            ("default_persona", account.DefaultPersona),
            ("is_guest", account.IsGuest),
            ("disabled", account.Disabled),
            ("search_key", AccountSearch.Key(account.Email, account.DisplayName)),
            ("now", time.GetUtcNow().ToUnixTimeMilliseconds()),
            .. more,
        ]);
}
