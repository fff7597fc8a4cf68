namespace JubileeVerse.Queues.Workers;

/// <summary>
/// Which workers are alive according to the cluster membership. A worker's name is the address of its silo including the generation.
/// </summary>
internal sealed class SiloLiveness(IClusterMembershipService membership)
{
    /// <summary>The workers of all active silos.</summary>
    public IEnumerable<string> ActiveWorkers => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active)
        .Select(member => member.SiloAddress.ToParsableString());

    /// <summary>
    /// Whether a worker is certainly dead: its silo is declared dead or is not a member. A missing membership entry does not count for a
    /// worker that has polled, because this silo's view may not contain a silo that joined recently.
    /// </summary>
    public bool IsDead(string worker, bool hasPolled)
    {
        var address = SiloAddress.FromParsableString(worker);
        return membership.CurrentSnapshot.Members.TryGetValue(address, out var member) ? member.Status == SiloStatus.Dead : !hasPolled;
    }
}
