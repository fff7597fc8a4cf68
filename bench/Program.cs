using JubileeVerse.Bench;
using JubileeVerse.Bench.Http;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Bench.Store;

// http   posts, replies and first words of a real process, through HTTP
// store  the store's writer, units in batches and one by one
//
//   --storage sqlite|postgresql|both (both)   --seconds N (15)   --in-flight N (64)   --samples N (200)   --out FILE
var arguments = BenchArguments.Parse(args);
if (arguments is null)
{
    Console.Error.WriteLine(BenchArguments.Usage);
    return 1;
}

using var limit = new CancellationTokenSource(arguments.TimeLimit);
var report = new MarkdownReport();
Machine.Describe(report);
await using var stores = new BenchStores();
if (arguments.What == "store")
    await StoreBench.RunAsync(arguments, stores, report, limit.Token);
else
    await HttpBench.RunAsync(arguments, stores, report, limit.Token);

Console.WriteLine(report.Text);
if (arguments.OutputFile is { } file)
    await File.WriteAllTextAsync(file, report.Text, limit.Token);
return 0;
