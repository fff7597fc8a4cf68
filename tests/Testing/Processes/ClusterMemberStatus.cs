using System.Globalization;
using System.Text.RegularExpressions;

namespace JubileeVerse.Testing.Processes;

/// <summary>The status of one process that <c>./cluster status</c> prints.</summary>
/// <param name="Number">From 1 for each kind.</param>
/// <param name="IsReady">Whether its readiness check passes.</param>
/// <param name="ExitCode">Null while the process is alive or when the code is unknown; 128 plus the signal when a signal ended it.</param>
public sealed partial record ClusterMemberStatus(ClusterMemberKind Kind, int Number, ClusterMemberState State, bool IsReady, int? ExitCode)
{
    /// <summary>Null when the line does not describe a process.</summary>
    internal static ClusterMemberStatus? Parse(string line) => Line().Match(line) is { Success: true } match
        ? new ClusterMemberStatus(
            Enum.Parse<ClusterMemberKind>(match.Groups["kind"].Value, ignoreCase: true),
            int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
            Enum.Parse<ClusterMemberState>(match.Groups["state"].Value, ignoreCase: true),
            match.Groups["ready"].Value == "ready",
            match.Groups["exit"] is { Success: true } exit ? int.Parse(exit.ValueSpan, CultureInfo.InvariantCulture) : null)
        : null;

    [GeneratedRegex(
        @"^(?<kind>\w+) (?<number>\d+) (?<state>up|down|stopped|draining) (?<ready>ready|not-ready) \S+( pid \d+)?( exit (?<exit>\d+))?$")]
    private static partial Regex Line();
}
