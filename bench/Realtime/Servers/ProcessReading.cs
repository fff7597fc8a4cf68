using System.Globalization;

namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>The memory and CPU usage of a process.</summary>
/// <param name="ResidentBytes">Current resident memory.</param>
/// <param name="ProcessorTime">CPU time of all threads since the start.</param>
internal sealed record ProcessReading(long ResidentBytes, TimeSpan ProcessorTime)
{
    private const int TicksPerSecond = 100;
    private const int FirstFieldAfterName = 3;
    private const int UserTicksField = 14;
    private const int SystemTicksField = 15;

    public static ProcessReading Read(int processId)
    {
        const string Field = "VmRSS:";
        var line = File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith(Field, StringComparison.Ordinal));
        var resident = Number(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;

        // The process name is in parentheses and may contain any character.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = Number(fields[UserTicksField - FirstFieldAfterName]) + Number(fields[SystemTicksField - FirstFieldAfterName]);
        return new ProcessReading(resident, TimeSpan.FromSeconds((double)ticks / TicksPerSecond));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
