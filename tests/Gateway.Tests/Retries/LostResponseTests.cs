using System.Diagnostics.Metrics;
using JubileeVerse.Accounts;
using JubileeVerse.Gateway.Retries;
using JubileeVerse.Paging;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing;
using JubileeVerse.Testing.Clusters;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Gateway.Tests.Retries;

/// <summary>
/// The response of each command is lost after the command has run, and the gateway's retries call it again: it takes effect once.
/// </summary>
public sealed class LostResponseTests : IAsyncLifetime
{
    private const string Password = "Str0ngEnough";

    private readonly SqliteStore _store = new();
    private readonly ResponseLossFilter _lost = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private JubileeCluster _cluster = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IAccountDirectoryGrain Accounts => _cluster.Grains.GetGrain<IAccountDirectoryGrain>(0);

    public async ValueTask InitializeAsync()
    {
        await _store.InitializeAsync();
        var retries = new GrainCallRetries(
            new SkippingTimeProvider(),
            new Random(Seed: 1),
            new RetryInstruments(_services.GetRequiredService<IMeterFactory>()),
            NullLogger<GrainCallRetries>.Instance);
        _cluster = await JubileeCluster.StartAsync(
            _store,
            silo => silo
                .AddSingleton<IIncomingGrainCallFilter>(_lost)
                .AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("An answer."))),
            configureClient: client => client.AddOutgoingGrainCallFilter(retries.Invoke),
            cancellationToken: Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _store.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task CreateGuestAsync_ResponseLost_CreatesOneAccount()
    {
        var id = UserId.New(_cluster.Clock);

        Assert.Equal(id, (await Accounts.CreateGuestAsync(id, "Once", null, Token)).Id);

        AssertCalledTwice($"{nameof(IAccountDirectoryGrain)}.{nameof(IAccountDirectoryGrain.CreateGuestAsync)}");
        Assert.Single((await Accounts.SearchAsync("Once", new PageRequest(10, null), Token)).Items);
    }

    [Fact]
    public async Task RegisterAsync_ResponseLost_ReturnsTheAccount()
    {
        var id = UserId.New(_cluster.Clock);
        var result = await Accounts.RegisterAsync(new RegisterAccount(null, "new@example.org", Password, "New", null, id), Token);

        AssertCalledTwice($"{nameof(IAccountDirectoryGrain)}.{nameof(IAccountDirectoryGrain.RegisterAsync)}");
        Assert.Equal(id, result.User?.Id);
        var other = new RegisterAccount(null, "new@example.org", Password, "New", null, UserId.New(_cluster.Clock));
        Assert.Equal(ErrorCode.EmailTaken, (await Accounts.RegisterAsync(other, Token)).Refusal?.Code);
    }

    [Fact]
    public async Task RegisterAsync_GuestAndResponseLost_ReturnsTheAccount()
    {
        var guest = await Accounts.CreateGuestAsync(UserId.New(_cluster.Clock), null, null, Token);
        var command = new RegisterAccount(guest.Id, "guest@example.org", Password, "Known", null, UserId.New(_cluster.Clock));

        Assert.Equal(guest.Id, (await Accounts.RegisterAsync(command, Token)).User?.Id);

        AssertCalledTwice($"{nameof(IAccountDirectoryGrain)}.{nameof(IAccountDirectoryGrain.RegisterAsync)}");
        var repeated = await Accounts.RegisterAsync(command with { Password = "An0therPassword" }, Token);
        Assert.Equal(ErrorCode.AlreadySignedUp, repeated.Refusal?.Code);
    }

    [Fact]
    public async Task ConversationCommands_EveryResponseLost_TakeEffectOnce()
    {
        var conversation = await _cluster.StartConversationAsync(Token);
        AssertCalledTwice("IConversationGrain.CreateAsync");

        var reply = await conversation.AskAsync("Are you there?", Token);
        AssertCalledTwice("IConversationGrain.PostAsync");
        var ended = Assert.IsType<ReplyCompleted>(await conversation.EndOfAsync(reply.Id, Token));
        Assert.Equal(2, (await conversation.MessagesAsync(Token)).Length);

        var again = await conversation.Grain.RegenerateAsync(conversation.User, ended.Message.InReplyTo!.Value, "again", Token);
        AssertCalledTwice("IConversationGrain.RegenerateAsync");
        await conversation.EndOfAsync(Assert.Single(again.Turn!.Replies).Id, Token);
        Assert.Equal(3, (await conversation.MessagesAsync(Token)).Length);

        await conversation.Grain.MarkReadAsync(conversation.User, 2, Token);
        Assert.Equal(ReplyStatus.Completed, (await conversation.Grain.CancelReplyAsync(conversation.User, reply.Id, Token)).Status);
        await conversation.Grain.DeleteAsync(conversation.User, Token);
        foreach (var method in new[] { "MarkReadAsync", "CancelReplyAsync", "DeleteAsync" })
            AssertCalledTwice($"IConversationGrain.{method}");
    }

    private void AssertCalledTwice(string method) =>
        Assert.True(_lost.CallCountOf(method) >= 2, $"{method} was called {_lost.CallCountOf(method)} times.");
}
