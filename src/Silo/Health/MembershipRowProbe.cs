using JubileeVerse.ServiceDefaults.Health;
using JubileeVerse.Silo.Membership;

namespace JubileeVerse.Silo.Health;

/// <summary>
/// Reports the last result of the <see cref="MembershipWatchdog"/>. An unreachable Redis does not count as a missing row.
/// </summary>
internal sealed class MembershipRowProbe(MembershipRow row) : IHealthProbe
{
    public string Name => "row";

    public bool IsVital => true;

    public Task CheckAsync(CancellationToken cancellationToken) => row.MissingFor is { } missing
        ? Task.FromException(new InvalidOperationException(
            $"This silo's row has been missing from the membership for {(int)missing.TotalSeconds} s."))
        : Task.CompletedTask;
}
