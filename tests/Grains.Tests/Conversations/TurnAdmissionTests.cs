using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations.Turns;
using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Replies;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class TurnAdmissionTests
{
    private const int MaxOpen = 2;

    private readonly QueueLoads _loads = new();
    private readonly RecordingAccount _account = new();
    private readonly ImmutableArray<ReplyId> _replies;

    public TurnAdmissionTests()
    {
        var time = new FakeTimeProvider();
        _replies = [.. Enumerable.Range(0, MaxOpen).Select(_ => ReplyId.New(time))];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private bool TryReserveAll() => _loads.Reserve(QueueNames.AiResponse, MaxOpen, MaxOpen) is null;

    [Fact]
    public async Task DisposeAsync_NotKept_UndoesTheAdmission()
    {
        await using (var admission = await RequestAsync())
            Assert.True(admission.IsAdmitted);

        Assert.Equal(_replies, _account.Ended);
        Assert.True(TryReserveAll());
    }

    [Fact]
    public async Task DisposeAsync_Kept_LeavesTheRepliesOpen()
    {
        await using (var admission = await RequestAsync())
            admission.Keep();

        Assert.Empty(_account.Ended);
        Assert.False(TryReserveAll());
    }

    [Fact]
    public async Task DisposeAsync_RefusedByTheAccount_ReturnsTheCapacityOnly()
    {
        _account.Refusal = new Refusal(ErrorCode.TooManyOpenReplies, "Too many.");

        await using (var admission = await RequestAsync())
        {
            Assert.False(admission.IsAdmitted);
            Assert.Equal(_account.Refusal, admission.Refusal);
        }

        Assert.Empty(_account.Ended);
        Assert.True(TryReserveAll());
    }

    [Fact]
    public async Task RequestAsync_AccountIsUnavailable_ReturnsTheCapacity()
    {
        _account.Fault = new TimeoutException();

        await Assert.ThrowsAsync<TimeoutException>(RequestAsync);

        Assert.Empty(_account.Ended);
        Assert.True(TryReserveAll());
    }

    [Fact]
    public async Task RequestAsync_QueueIsFull_DoesNotAskTheAccount()
    {
        Assert.True(TryReserveAll());

        await using (var admission = await RequestAsync())
            Assert.Equal(ErrorCode.QueueFull, admission.Refusal?.Code);

        Assert.Equal(0, _account.Requests);
        Assert.Empty(_account.Ended);
    }

    private Task<TurnAdmission> RequestAsync() => TurnAdmission.RequestAsync(_loads, MaxOpen, _account, _replies, Token);

    private sealed class RecordingAccount : IAccountGrain
    {
        public Refusal? Refusal { get; set; }

        public Exception? Fault { get; set; }

        public int Requests { get; private set; }

        public ImmutableArray<ReplyId> Ended { get; private set; } = [];

        public Task<Admission> AdmitAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken)
        {
            Requests++;
            return Fault is null ? Task.FromResult(new Admission(Refusal, Priority: 5, Weight: 1)) : Task.FromException<Admission>(Fault);
        }

        public Task ReplyEndedAsync(ImmutableArray<ReplyId> replies, CancellationToken cancellationToken)
        {
            Ended = replies;
            return Task.CompletedTask;
        }

        public Task<User> GetAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<User> UpdateProfileAsync(ProfileChange change, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<User> AdministerAsync(AccountChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SignInFailedAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TimeSpan?> GetSignInLockoutAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
