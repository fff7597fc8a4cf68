using System.Globalization;
using System.Text.RegularExpressions;

namespace JubileeVerse.Testing.Processes;

/// <summary>What <c>./cluster status</c> says of one process.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">From 1, in its kind.</param>
/// <param name="State">Whether it lives.</param>
/// <param name="IsReady">Whether it says that it may have work.</param>
/// <param name="ExitCode">How it ended; null while it lives, and where nobody knows. 128 more than the signal that ended it.</param>
public sealed partial record ClusterMemberStatus(ClusterMemberKind Kind, int Number, ClusterMemberState State, bool IsReady, int? ExitCode)
{
    /// <summary>Null where the line is not about a process.</summary>
    internal static ClusterMemberStatus? Parse(string line) => Line().Match(line) is { Success: true } match
        ? new ClusterMemberStatus(
            Enum.Parse<ClusterMemberKind>(match.Groups["kind"].Value, ignoreCase: true),
            int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
            Enum.Parse<ClusterMemberState>(match.Groups["state"].Value, ignoreCase: true),
            match.Groups["ready"].Value == "ready",
            match.Groups["exit"] is { Success: true } exit ? int.Parse(exit.ValueSpan, CultureInfo.InvariantCulture) : null)
        : null;

    [GeneratedRegex(@"^(?<kind>\w+) (?<number>\d+) (?<state>up|down|stopped|draining) (?<ready>ready|not-ready) \S+( pid \d+)?( exit (?<exit>\d+))?$")]
    private static partial Regex Line();
}
