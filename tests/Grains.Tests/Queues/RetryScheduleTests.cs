using CsCheck;

namespace JubileeVerse.Queues;

public sealed class RetryScheduleTests
{
    private static readonly long MaxMs = QueueRules.Default.MaxBackoffMs;

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(2, 2_000)]
    [InlineData(3, 4_000)]
    [InlineData(12, 2_048_000)]
    [InlineData(13, 3_600_000)]
    [InlineData(int.MaxValue, 3_600_000)]
    public void Delay_BaseOfOneSecond_DoublesUpToAnHour(int attemptsMade, long expectedMs) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expectedMs), RetrySchedule.Delay(attemptsMade, 1_000, MaxMs));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Delay_NoBase_IsNone(int backoffMs) => Assert.Equal(TimeSpan.Zero, RetrySchedule.Delay(3, backoffMs, MaxMs));

    [Fact]
    public void Delay_AnyInput_IsBoundedAndNeverFalls() =>
        Gen.Select(Gen.Int, Gen.Int).Sample((attempts, backoff) =>
        {
            var delay = RetrySchedule.Delay(attempts, backoff, MaxMs);
            var next = RetrySchedule.Delay(attempts == int.MaxValue ? attempts : attempts + 1, backoff, MaxMs);
            Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromHours(1));
            Assert.True(next >= delay);
        });
}
