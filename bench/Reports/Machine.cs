using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace JubileeVerse.Bench.Reports;

/// <summary>Describes the environment of the measurement.</summary>
internal static class Machine
{
#if DEBUG
    private const string Configuration = "Debug, so the figures are meaningless";
#else
    private const string Configuration = "Release";
#endif

    public static void Describe(MarkdownReport report)
    {
        using var sqlite = new SqliteConnection("Data Source=:memory:");
        sqlite.Open();
        var memoryGb = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        report.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, shared by server, store and load; {memoryGb:F0} GB; "
            + $"{RuntimeInformation.FrameworkDescription}; Orleans {VersionOf(typeof(Grain).Assembly)}; "
            + $"SQLite {sqlite.ServerVersion}; server built as {Configuration}."));
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', ' ')[0].TrimEnd('.') ?? "";
}
