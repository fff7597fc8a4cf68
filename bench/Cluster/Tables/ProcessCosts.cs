using JubileeVerse.Bench.Cluster.Scenarios;
using JubileeVerse.Bench.Reports;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Bench.Cluster.Tables;

/// <summary>How long a process takes to start, and what it takes of memory when nothing goes on.</summary>
internal sealed class ProcessCosts
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Starts one more of a kind.</summary>
    public async Task MeasureAsync(ClusterUnderTest cluster, ClusterMemberKind kind, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var member = await cluster.StartOneAsync(kind, cancellationToken);
        var start = TimeProvider.System.GetElapsedTime(begin);
        var ready = ResidentBytes(member);
        await Stage.WaitAsync(Idle, cancellationToken);
        _rows.Add([$"{kind}", Figure.Seconds(start), Figure.MegaBytes(ready), Figure.MegaBytes(ResidentBytes(member))]);
    }

    public void Write(MarkdownReport report) =>
        report.Table(["", "start to ready", "resident when ready", $"after {Idle.TotalSeconds:F0} s without work"], _rows);

    private static long ResidentBytes(ClusterMember member)
    {
        const string Field = "VmRSS:";
        var line = File.ReadLines($"/proc/{member.ProcessId}/status").Single(line => line.StartsWith(Field, StringComparison.Ordinal));
        return long.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), System.Globalization.CultureInfo.InvariantCulture) * 1024;
    }
}
