using System.Globalization;
using Dapper;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Bench.Queues;

/// <summary>Runs the same load as the peer's benchmark on a queue.</summary>
internal sealed class JobLoad(StoreFixture store, QueueSite site, int jobs)
{
    public const int InFlight = 200;
    public const int RoundTrips = 500;

    private const int WarmUps = 3;

    private const string OpenCount = "select count(*) from jobs where queue = @queue and ended_at is null";

    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(2);

    private static readonly string Payload =
        """{"conversationId":"conv-123","personaId":"persona-456","userLanguage":"en","userId":"user-789","messages":"""
        + $$"""[{"role":"user","content":"{{new string('x', 200)}}"}]}""";

    public async Task<QueueFigures> RunAsync(string name, CancellationToken cancellationToken)
    {
        // Warm-up rounds let the JIT compile and optimize the code, because a long-running server is to be measured.
        for (var i = 0; i < WarmUps; i++)
            await RoundAsync(name, cancellationToken);

        var rounds = new List<QueueFigures>();
        for (var i = 0; i < QueueFigures.Rounds; i++)
            rounds.Add(await RoundAsync(name, cancellationToken));
        return QueueFigures.MedianOf(rounds);
    }

    private async Task<QueueFigures> RoundAsync(string name, CancellationToken cancellationToken)
    {
        var (added, processed) = await ProcessAsync(cancellationToken);
        await site.Queue.PauseAsync(cancellationToken);
        var ran = EmptyProcessor.Runs;
        var bulk = await AddInBulkAsync(cancellationToken);
        await site.Queue.ResumeAsync(cancellationToken);
        await UntilEndedAsync(ran + jobs, cancellationToken);
        var trips = await RoundTripsAsync(cancellationToken);
        return new QueueFigures(name, added, processed, bulk, trips.At(0.5), trips.At(0.99));
    }

    private static NewJob Job(int i) =>
        new("generate-response", Payload) { Priority = 1 + (i % 10), Attempts = 3, BackoffDelay = TimeSpan.FromSeconds(1) };

    private async Task<(double Added, double Processed)> ProcessAsync(CancellationToken cancellationToken)
    {
        await site.Queue.PauseAsync(cancellationToken);
        var ran = EmptyProcessor.Runs;
        var start = TimeProvider.System.GetTimestamp();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var i && i <= jobs)
                await site.Producer.AddAsync(EmptyProcessor.QueueName, Job(i), cancellationToken);
        }));
        var added = PerSecond(start);

        start = TimeProvider.System.GetTimestamp();
        await site.Queue.ResumeAsync(cancellationToken);
        await UntilEndedAsync(ran + jobs, cancellationToken);
        return (added, PerSecond(start));
    }

    private async Task<double> AddInBulkAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var first = 0; first < jobs; first += IQueueIntakeGrain.MaxJobs)
        {
            var count = Math.Min(IQueueIntakeGrain.MaxJobs, jobs - first);
            await site.Intake.AddAsync([.. Enumerable.Range(first, count).Select(Job)], cancellationToken);
        }

        return PerSecond(start);
    }

    private async Task<Latencies> RoundTripsAsync(CancellationToken cancellationToken)
    {
        var trips = new Latencies();
        for (var i = 0; i < RoundTrips; i++)
        {
            var start = TimeProvider.System.GetTimestamp();
            var added = await site.Producer.AddAsync(EmptyProcessor.QueueName, Job(i), cancellationToken);
            await site.Intake.WaitAsync(added.Id, cancellationToken);
            trips.Add(TimeProvider.System.GetElapsedTime(start));
        }

        return trips;
    }

    /// <summary>
    /// Waits until all ends are stored. The store is queried only after all jobs have run, because the query itself costs time.
    /// </summary>
    private async Task UntilEndedAsync(long runs, CancellationToken cancellationToken)
    {
        while (EmptyProcessor.Runs < runs || await OpenInStoreAsync(cancellationToken) > 0)
            await Task.Delay(PollPeriod, TimeProvider.System, cancellationToken);
    }

    private async Task<long> OpenInStoreAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.Database.OpenAsync(cancellationToken);
        var count = await connection.ExecuteScalarAsync<object>(OpenCount, new { queue = EmptyProcessor.QueueName });
        return Convert.ToInt64(count, CultureInfo.InvariantCulture);
    }

    private double PerSecond(long start) => jobs / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
}
