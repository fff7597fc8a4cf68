using JubileeVerse.ServiceDefaults.Health;
using JubileeVerse.Silo.Membership;

namespace JubileeVerse.Silo.Health;

/// <summary>What the <see cref="MembershipWatchdog"/> last saw. Redis that cannot be read is not a missing row.</summary>
internal sealed class OwnRowProbe(OwnRow row) : IHealthProbe
{
    public string Name => "row";

    public bool IsVital => true;

    public Task CheckAsync(CancellationToken cancellationToken) => row.MissingFor is { } missing
        ? Task.FromException(new InvalidOperationException($"This silo's row has been missing from the membership for {(int)missing.TotalSeconds} s."))
        : Task.CompletedTask;
}
