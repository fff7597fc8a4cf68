using System.Globalization;
using System.Text.RegularExpressions;

namespace JubileeVerse.Testing.Processes;

/// <summary>A process of a local cluster.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">From 1, in its kind; a process that takes a dead one's place takes its number and address too.</param>
/// <param name="Address">Where it listens: a gateway's API, a silo's management, the server itself for Redis and PostgreSQL.</param>
/// <param name="ProcessId">Its process.</param>
public sealed partial record ClusterMember(ClusterMemberKind Kind, int Number, Uri Address, int ProcessId)
{
    /// <summary>As the script calls it: <c>silo 1</c>.</summary>
    public string Name => $"{WordOf(Kind)} {Number}";

    internal static string WordOf(ClusterMemberKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Null where the line is not about a process.</summary>
    internal static ClusterMember? Parse(string line) => Line().Match(line) is { Success: true } match
        ? new ClusterMember(
            Enum.Parse<ClusterMemberKind>(match.Groups["kind"].Value, ignoreCase: true),
            int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
            new Uri(match.Groups["address"].Value),
            int.Parse(match.Groups["pid"].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"^(?<kind>redis|postgresql|silo|gateway) (?<number>\d+) (?<address>\S+://\S+) pid (?<pid>\d+)$")]
    private static partial Regex Line();
}
