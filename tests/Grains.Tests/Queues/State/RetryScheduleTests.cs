using CsCheck;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.State;
using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Grains.Tests.Queues.State;

public sealed class RetryScheduleTests
{
    private static readonly long MaxMs = QueueRules.Default.MaxBackoffMs;
    private static readonly JobId Id = new("job");

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(2, 2_000)]
    [InlineData(3, 4_000)]
    [InlineData(12, 2_048_000)]
    [InlineData(13, 3_600_000)]
    [InlineData(int.MaxValue, 3_600_000)]
    public void DelayMs_BaseOfOneSecond_DoublesUpToAnHour(int attemptsMade, long expectedMs) =>
        Assert.Equal(expectedMs, RetrySchedule.DelayMs(Id, attemptsMade, Settings(1_000), MaxMs));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(19)]
    public void DelayMs_FixedBackoff_IsConstant(int attemptsMade) =>
        Assert.Equal(1_500, RetrySchedule.DelayMs(Id, attemptsMade, Settings(1_500, BackoffKind.Fixed), MaxMs));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void DelayMs_NoBaseDelay_IsZero(int backoffMs) => Assert.Equal(0, RetrySchedule.DelayMs(Id, 3, Settings(backoffMs), MaxMs));

    [Fact]
    public void DelayMs_AnyInput_IsBoundedAndNeverDecreases() =>
        Gen.Select(Gen.Int, Gen.Int).Sample((attempts, backoff) =>
        {
            var delay = RetrySchedule.DelayMs(Id, attempts, Settings(backoff), MaxMs);
            var next = RetrySchedule.DelayMs(Id, attempts == int.MaxValue ? attempts : attempts + 1, Settings(backoff), MaxMs);
            Assert.InRange(delay, 0, MaxMs);
            Assert.True(next >= delay);
        });

    [Fact]
    public void DelayMs_Jitter_ShortensByUpToItsFractionAndSpreadsEvenly()
    {
        var delays = Enumerable.Range(0, 1_000)
            .Select(i => RetrySchedule.DelayMs(new JobId($"job-{i}"), 1, Settings(10_000, BackoffKind.Fixed, jitter: 0.5), MaxMs))
            .ToList();

        Assert.All(delays, delay => Assert.InRange(delay, 5_000, 10_000));
        for (var tenth = 0; tenth < 10; tenth++)
            Assert.InRange(delays.Count(delay => (delay - 5_000) / 500 == tenth), 60, 140);
    }

    [Fact]
    public void DelayMs_JitterOfOneJob_IsTheSameInEveryProcessAndDiffersByAttempt()
    {
        var settings = Settings(10_000, BackoffKind.Fixed, jitter: 1);

        Assert.Equal([1_904, 500, 9_573], new[] { 1, 2, 3 }.Select(attempt => RetrySchedule.DelayMs(Id, attempt, settings, MaxMs)));
    }

    private static JobSettings Settings(int backoffMs, BackoffKind backoff = BackoffKind.Exponential, double jitter = 0) =>
        new(Attempts: 3, backoff, backoffMs, jitter, Weight: 1, Cost: 1);
}
