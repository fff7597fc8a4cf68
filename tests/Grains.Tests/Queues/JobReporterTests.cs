using System.Collections.Immutable;
using System.Reflection;
using System.Threading.Channels;
using JubileeVerse.Queues.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Queues;

public sealed class JobReporterTests
{
    private readonly IQueueGrain _queue = DispatchProxy.Create<IQueueGrain, ReportedQueue>();
    private readonly JobReporter _reporter;

    public JobReporterTests() => _reporter = new(_queue, "q", TimeProvider.System, NullLogger.Instance) { TakesBatches = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ReportedQueue Queue => (ReportedQueue)(object)_queue;

    [Fact]
    public async Task ReportAsync_WhileTwoCallsAreOut_GoesTogetherWithTheNext()
    {
        var first = _reporter.ReportAsync(Report("a"));
        var second = _reporter.ReportAsync(Report("b"));
        var later = Task.WhenAll(_reporter.ReportAsync(Report("c")), _reporter.ReportAsync(Report("d")));
        var call1 = await Queue.NextAsync(Token);
        var call2 = await Queue.NextAsync(Token);

        call1.Answer.SetResult();
        var call3 = await Queue.NextAsync(Token);

        await first;
        Assert.Equal(["c", "d"], call3.Ids);
        Assert.False(second.IsCompleted || later.IsCompleted);
        call2.Answer.SetResult();
        call3.Answer.SetResult();
        await second;
        await later;
    }

    [Fact]
    public async Task ReportAsync_AQueueThatTakesNoBatches_IsToldOfEach()
    {
        _reporter.TakesBatches = false;

        var reported = _reporter.ReportAsync(Report("a"));
        var call = await Queue.NextAsync(Token);
        call.Answer.SetResult();

        await reported;
        Assert.Equal(nameof(IQueueGrain.ReportAsync), call.Method);
    }

    private static JobReport Report(string id) => new(new JobId(id), new JobLease(1, 1), JobOutcomeKind.Completed);

    /// <summary>Says which reports it was given, and answers when it is told to.</summary>
    public class ReportedQueue : DispatchProxy
    {
        private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();

        internal ValueTask<Call> NextAsync(CancellationToken cancellationToken) => _calls.Reader.ReadAsync(cancellationToken);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            ImmutableArray<JobReport> reports = args![0] is JobReport one ? [one] : (ImmutableArray<JobReport>)args[0]!;
            var call = new Call(targetMethod!.Name, [.. reports.Select(report => report.Id.Value)], new TaskCompletionSource());
            _calls.Writer.TryWrite(call);
            return targetMethod.Name == nameof(IQueueGrain.ReportAsync) ? AnswerAsync(call, true) : AnswerAsync(call, ImmutableArray.Create(true));
        }

        private static async Task<T> AnswerAsync<T>(Call call, T answer)
        {
            await call.Answer.Task;
            return answer;
        }
    }

    internal sealed record Call(string Method, string[] Ids, TaskCompletionSource Answer);
}
