using System.Globalization;

namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>What a process has taken so far.</summary>
/// <param name="ResidentBytes">Of memory, now.</param>
/// <param name="ProcessorTime">Of all its threads, since its start.</param>
internal sealed record ProcessReading(long ResidentBytes, TimeSpan ProcessorTime)
{
    private const int TicksPerSecond = 100;
    private const int FirstFieldAfterName = 3;
    private const int UserTicksField = 14;
    private const int SystemTicksField = 15;

    public static ProcessReading Of(int processId)
    {
        const string Field = "VmRSS:";
        var line = File.ReadLines($"/proc/{processId}/status").Single(line => line.StartsWith(Field, StringComparison.Ordinal));
        var resident = Number(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;

        // The name stands in parentheses and may hold anything.
        var stat = File.ReadAllText($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = Number(fields[UserTicksField - FirstFieldAfterName]) + Number(fields[SystemTicksField - FirstFieldAfterName]);
        return new ProcessReading(resident, TimeSpan.FromSeconds((double)ticks / TicksPerSecond));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
