using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Limits;
using JubileeVerse.Replies;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Testing.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Grains.Tests.Accounts;

/// <summary>A silo with the account services.</summary>
public abstract class AccountCluster(StoreFixture store, bool limited = true) : StoreCluster(store, silo =>
{
    silo.Services.AddAccounts();
    silo.Services.Configure<LimitsOptions>(options => options.Enabled = limited);

    // One iteration is enough, because the tests check that a hash is verified and not how slow that is.
    silo.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
})
{
    public const string Password = "Correct-Horse-1";

    public IAccountDirectoryGrain Directory => Grains.GetGrain<IAccountDirectoryGrain>(0);

    public ISessionDirectoryGrain Sessions => Grains.GetGrain<ISessionDirectoryGrain>(0);

    public IAccountGrain Account(User user) => Grains.GetGrain<IAccountGrain>(user.Id.Value);

    public Task<User> CreateGuestAsync() => Directory.CreateGuestAsync(UserId.New(Time), null, null, TestContext.Current.CancellationToken);

    /// <summary>Returns an email address that no other test uses.</summary>
    public string NewEmail() => $"person-{UserId.New(Time)}@example.org";

    public async Task<User> RegisterAsync(string? email = null)
    {
        var command = new RegisterAccount(null, email ?? NewEmail(), Password, "Ada", null);
        var result = await Directory.RegisterAsync(command, TestContext.Current.CancellationToken);
        Assert.Null(result.Refusal);
        return result.User!;
    }

    /// <summary>Inserts an open reply, as a post does.</summary>
    public async Task<ReplyId> StoreReplyAsync(User user, ReplyId? id = null)
    {
        var reply = id ?? ReplyId.New(Time);
        var conversation = ConversationId.New(Time).ToString();
        const string conversationInsert =
            """
            insert into conversations (id, user_id, personas, on_busy, archived, version, last_seq, read_seq, created_at, activity_at)
            values (@id, @user, '[]', 'queue', false, 1, 0, 0, 1, 1)
            """;
        const string replyInsert =
            """
            insert into replies (id, conversation_id, message_id, message_seq, ordinal, user_id, persona_id, status, attempt, created_at)
            values (@id, @conversation, 'm', 1, 1, @user, 'p', 'queued', 0, 1)
            """;
        await CommitAsync(
            new Statement(conversationInsert, ("id", conversation), ("user", user.Id.ToString())),
            new Statement(replyInsert, ("id", reply.ToString()), ("conversation", conversation), ("user", user.Id.ToString())));
        return reply;
    }

    public Task EndReplyAsync(ReplyId reply) =>
        CommitAsync(new Statement("update replies set ended_at = 2 where id = @id", ("id", reply.ToString())));

    public Task CommitAsync(params Statement[] statements) =>
        Store.Writes.CommitAsync(new WriteUnit(statements), TestContext.Current.CancellationToken);
}
