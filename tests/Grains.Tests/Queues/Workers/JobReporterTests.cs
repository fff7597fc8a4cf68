using System.Collections.Immutable;
using System.Reflection;
using System.Threading.Channels;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace JubileeVerse.Grains.Tests.Queues.Workers;

public sealed class JobReporterTests
{
    private readonly IQueueGrain _queue = DispatchProxy.Create<IQueueGrain, ReportedQueue>();
    private readonly JobReporter _reporter;

    public JobReporterTests() => _reporter = new(_queue, "q", TimeProvider.System, NullLogger.Instance) { TakesBatches = true };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ReportedQueue Queue => (ReportedQueue)(object)_queue;

    [Fact]
    public async Task ReportAsync_MaxCallsInFlight_JoinsTheNextBatch()
    {
        var early = Enumerable.Range(0, JobReporter.MaxCalls).Select(i => _reporter.ReportAsync(Report($"early-{i}"))).ToArray();
        var later = Task.WhenAll(_reporter.ReportAsync(Report("c")), _reporter.ReportAsync(Report("d")));
        var calls = new List<Call>();
        foreach (var _ in early)
            calls.Add(await Queue.NextAsync(Token));

        calls[0].Completion.SetResult();
        var last = await Queue.NextAsync(Token);

        await early[0];
        Assert.Equal(["c", "d"], last.Ids);
        Assert.False(early[1].IsCompleted || later.IsCompleted);
        foreach (var call in calls.Skip(1).Append(last))
            call.Completion.SetResult();
        await Task.WhenAll(early);
        await later;
    }

    [Fact]
    public async Task ReportAsync_QueueWithoutBatchSupport_SendsEachReportAlone()
    {
        _reporter.TakesBatches = false;

        var reported = _reporter.ReportAsync(Report("a"));
        var call = await Queue.NextAsync(Token);
        call.Completion.SetResult();

        await reported;
        Assert.Equal(nameof(IQueueGrain.ReportAsync), call.Method);
    }

    private static JobReport Report(string id) => new(new JobId(id), new JobLease(1, 1), JobOutcomeKind.Completed);

    /// <summary>Records the reports of each call, and completes a call when the test does.</summary>
    public class ReportedQueue : DispatchProxy
    {
        private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();

        internal ValueTask<Call> NextAsync(CancellationToken cancellationToken) => _calls.Reader.ReadAsync(cancellationToken);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            ImmutableArray<JobReport> reports = args![0] is JobReport one ? [one] : (ImmutableArray<JobReport>)args[0]!;
            var call = new Call(targetMethod!.Name, [.. reports.Select(report => report.Id.Value)], new TaskCompletionSource());
            _calls.Writer.TryWrite(call);
            return targetMethod.Name == nameof(IQueueGrain.ReportAsync)
                ? CompleteAsync(call, true)
                : CompleteAsync(call, ImmutableArray.Create(true));
        }

        private static async Task<T> CompleteAsync<T>(Call call, T result)
        {
            await call.Completion.Task;
            return result;
        }
    }

    internal sealed record Call(string Method, string[] Ids, TaskCompletionSource Completion);
}
