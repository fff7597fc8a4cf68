using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>Start time and idle memory of a process.</summary>
internal sealed class ProcessCosts
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Starts and measures another process of this kind.</summary>
    public async Task MeasureAsync(ClusterUnderTest cluster, ClusterMemberKind kind, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var member = await cluster.StartOneAsync(kind, cancellationToken);
        var start = TimeProvider.System.GetElapsedTime(begin);
        var ready = ResidentBytes(member);
        await ScenarioContext.WaitAsync(Idle, cancellationToken);
        _rows.Add([$"{kind}", Figure.Seconds(start), Figure.MegaBytes(ready), Figure.MegaBytes(ResidentBytes(member))]);
    }

    public void Write(MarkdownReport report) =>
        report.Table(["", "start to ready", "resident when ready", $"after {Idle.TotalSeconds:F0} s idle"], _rows);

    private static long ResidentBytes(ClusterMember member)
    {
        const string Field = "VmRSS:";
        var line = File.ReadLines($"/proc/{member.ProcessId}/status").Single(line => line.StartsWith(Field, StringComparison.Ordinal));
        var kilobytes = line[Field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.Parse(kilobytes, System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }
}
