using System.Globalization;
using System.Text.RegularExpressions;

namespace JubileeVerse.Testing.Processes;

/// <summary>A process of a local cluster.</summary>
/// <param name="Number">From 1 for each kind; a process that replaces a dead one takes its number and address.</param>
/// <param name="Address">The address of a gateway's API, of a silo's management port, or of the Redis or PostgreSQL server.</param>
public sealed partial record ClusterMember(ClusterMemberKind Kind, int Number, Uri Address, int ProcessId)
{
    /// <summary>The name that the script uses: <c>silo 1</c>.</summary>
    public string Name => $"{WordOf(Kind)} {Number}";

    internal static string WordOf(ClusterMemberKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Null when the line does not describe a process.</summary>
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
