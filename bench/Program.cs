using JubileeVerse.Bench;
using JubileeVerse.Bench.Cluster;
using JubileeVerse.Bench.Http;
using JubileeVerse.Bench.Queues;
using JubileeVerse.Bench.Realtime;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Bench.Store;

// http     posts, replies and first-text latencies of a real process over HTTP
// store    the writer of the store, with units in batches and one by one
// queues   jobs added and processed, optionally compared with BullMQ; a very long queue
// cluster  silos and gateways under load while parts of them fail
// realtime costs of connections and latencies of frames, optionally compared with Socket.IO
//
//   http|store  --storage sqlite|postgresql|both (both)   --seconds N (15)   --in-flight N (64)   --samples N (200)   --out FILE
//   queues      --storage …   --jobs N (20000)   --backlog N (1000000)   --peer DIR   --out FILE
//   cluster     --scenario all|NAME (all)   --people N (30)   --out FILE   --logs DIR
//   realtime    --links N (10000)   --fanout N (5000)   --streams N (500)   --rounds N (3)   --peer DIR   --out FILE
return args switch
{
    ["cluster", ..] => await RunClusterAsync(),
    ["queues", ..] => await RunQueuesAsync(),
    ["realtime", ..] => await RunRealtimeAsync(),
    _ => await RunAsync(),
};

async Task<int> RunAsync()
{
    if (BenchArguments.Parse(args) is not { } arguments)
        return ShowUsage();

    using var limit = new CancellationTokenSource(arguments.TimeLimit);
    var report = NewReport();
    await using var stores = new BenchStores();
    if (arguments.What == "store")
        await StoreBench.RunAsync(arguments, stores, report, limit.Token);
    else
        await HttpBench.RunAsync(arguments, stores, report, limit.Token);
    await WriteReportAsync(report, arguments.OutputFile);
    return 0;
}

async Task<int> RunQueuesAsync()
{
    if (QueueArguments.Parse(args) is not { } arguments)
        return ShowUsage();

    using var limit = new CancellationTokenSource(QueueArguments.TimeLimit);
    var report = NewReport();
    await using var stores = new BenchStores();
    await QueueBench.RunAsync(arguments, stores, report, limit.Token);
    await WriteReportAsync(report, arguments.OutputFile);
    return 0;
}

async Task<int> RunRealtimeAsync()
{
    if (RealtimeArguments.Parse(args) is not { } arguments)
        return ShowUsage();

    using var limit = new CancellationTokenSource(RealtimeArguments.TimeLimit);
    var report = NewReport();
    await using var stores = new BenchStores();
    await RealtimeBench.RunAsync(arguments, stores, report, limit.Token);
    await WriteReportAsync(report, arguments.OutputFile);
    return 0;
}

async Task<int> RunClusterAsync()
{
    if (ClusterArguments.Parse(args, ClusterBench.Names) is not { } arguments)
        return ShowUsage();

    using var limit = new CancellationTokenSource(ClusterArguments.TimeLimit);
    var report = NewReport();
    var succeeded = await ClusterBench.RunAsync(arguments, report, limit.Token);
    await WriteReportAsync(report, arguments.OutputFile);
    return succeeded ? 0 : 1;
}

MarkdownReport NewReport()
{
    var report = new MarkdownReport();
    Machine.Describe(report);
    return report;
}

async Task WriteReportAsync(MarkdownReport report, string? file)
{
    Console.WriteLine(report.Text);
    if (file is not null)
        await File.WriteAllTextAsync(file, report.Text);
}

int ShowUsage()
{
    Console.Error.WriteLine(BenchArguments.Usage);
    Console.Error.WriteLine(QueueArguments.Usage);
    Console.Error.WriteLine(RealtimeArguments.Usage);
    Console.Error.WriteLine($"{ClusterArguments.Usage}; names: {string.Join(", ", ClusterBench.Names)}");
    return 1;
}
