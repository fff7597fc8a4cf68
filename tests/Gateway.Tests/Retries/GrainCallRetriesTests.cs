using System.Diagnostics.Metrics;
using System.Reflection;
using JubileeVerse.Conversations;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Retries;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Gateway.Tests.Retries;

public sealed class GrainCallRetriesTests : IDisposable
{
    private static readonly MethodInfo Post = typeof(IConversationGrain).GetMethod(nameof(IConversationGrain.PostAsync))!;
    private static readonly MethodInfo Attach = typeof(IConversationGrain).GetMethod(nameof(IConversationGrain.AttachAsync))!;

    private readonly SkippingTimeProvider _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<(long Count, string Method, string Outcome)> _measured = [];
    private readonly MeterListener _listener = new();
    private readonly RetryInstruments _instruments;

    public GrainCallRetriesTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _instruments = new RetryInstruments(meters);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) => _measured.Add((count, (string)tags[0].Value!, (string)tags[1].Value!)));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _instruments.Dispose();
        _services.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invoke_TransientFailures_SucceedsAndCountsRetries(bool isThrown)
    {
        var call = FakeCall.Create(
            Post, isThrown, new SiloUnavailableException(), new JubileeException(ErrorCode.Unavailable, "Moving."), null);

        await Retries(_clock).Invoke(call.Context);

        Assert.Null(call.ResponseException);
        Assert.Equal(3, call.Attempts);
        Assert.Equal([(2, "IConversationGrain.PostAsync", "recovered")], _measured);
        Assert.InRange(_clock.GetUtcNow() - new SkippingTimeProvider().GetUtcNow(), 2 * RetryRules.MinDelay, RetryRules.Budget);
    }

    [Fact]
    public async Task Invoke_PersistentFailure_GivesUpWithinTheBudget()
    {
        var call = FakeCall.Create(Post, isThrown: false, new SiloUnavailableException("gone"));

        await Retries(_clock).Invoke(call.Context);

        Assert.IsType<SiloUnavailableException>(call.ResponseException);
        Assert.InRange(call.Attempts, 5, 30);
        Assert.InRange(_clock.GetUtcNow() - new SkippingTimeProvider().GetUtcNow(), RetryRules.Budget / 2, RetryRules.Budget);
        Assert.Equal((call.Attempts - 1, "gave-up"), (_measured.Single().Count, _measured.Single().Outcome));
    }

    [Fact]
    public async Task Invoke_EveryAttemptThrows_Throws()
    {
        var call = FakeCall.Create(Post, isThrown: true, new SiloUnavailableException("gone"));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => Retries(_clock).Invoke(call.Context));
    }

    [Fact]
    public async Task Invoke_Timeouts_RetriesTwice()
    {
        var call = FakeCall.Create(Post, isThrown: false, new TimeoutException());

        await Retries(_clock).Invoke(call.Context);

        Assert.Equal(3, call.Attempts);
        Assert.IsType<TimeoutException>(call.ResponseException);
    }

    [Fact]
    public async Task Invoke_NotIdempotent_DoesNotRetry()
    {
        var call = FakeCall.Create(Attach, isThrown: false, new SiloUnavailableException());

        await Retries(_clock).Invoke(call.Context);

        Assert.Equal(1, call.Attempts);
        Assert.Empty(_measured);
    }

    [Fact]
    public async Task Invoke_CallerError_DoesNotRetry()
    {
        var call = FakeCall.Create(Post, isThrown: false, new JubileeException(ErrorCode.NotFound, "No."));

        await Retries(_clock).Invoke(call.Context);

        Assert.Equal(1, call.Attempts);
    }

    [Fact]
    public async Task Invoke_CallerCancelled_DoesNotWait()
    {
        using var cancellation = new CancellationTokenSource();
        var clock = new WatchedTimeProvider();
        var call = FakeCall.Create(Post, isThrown: false, new SiloUnavailableException()).CancelledBy(cancellation.Token);
        var invoked = Retries(clock).Invoke(call.Context);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => invoked);
        Assert.Equal(1, call.Attempts);
    }

    [Fact]
    public async Task Invoke_TwoCallsOfOneRequest_ShareTheBudget()
    {
        var first = FakeCall.Create(Post, isThrown: false, new SiloUnavailableException());
        var second = FakeCall.Create(Post, isThrown: false, new SiloUnavailableException());

        await RetryBudget.BeginAsync(null!, async _ =>
        {
            await Retries(_clock).Invoke(first.Context);
            await Retries(_clock).Invoke(second.Context);
        });

        Assert.InRange(first.Attempts, 5, 30);
        Assert.Equal(1, second.Attempts);
    }

    /// <summary>The second delay is at most 400 ms, because the delays double.</summary>
    [Theory]
    [InlineData(0, 200)]
    [InlineData(0.5, 400)]
    public async Task Invoke_TransientFailures_WaitsForDelaysThatAreDrawnFromTheInjectedRandom(double point, int expectedMs)
    {
        var call = FakeCall.Create(Post, isThrown: true, new SiloUnavailableException(), new SiloUnavailableException(), null);

        await Retries(_clock, new FixedRandom(point)).Invoke(call.Context);

        Assert.Equal(expectedMs, (_clock.GetUtcNow() - new SkippingTimeProvider().GetUtcNow()).TotalMilliseconds);
    }

    private GrainCallRetries Retries(TimeProvider time) => Retries(time, new Random(Seed: 1));

    private GrainCallRetries Retries(TimeProvider time, Random random) =>
        new(time, random, _instruments, NullLogger<GrainCallRetries>.Instance);
}
