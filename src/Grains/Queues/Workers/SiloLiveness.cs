namespace JubileeVerse.Queues.Workers;

/// <summary>Which workers live, as the cluster's membership has it. A worker's name is its silo's address with the generation.</summary>
internal sealed class SiloLiveness(IClusterMembershipService membership)
{
    /// <summary>The workers of all active silos.</summary>
    public IEnumerable<string> Active => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active)
        .Select(member => member.SiloAddress.ToParsableString());

    /// <summary>
    /// Whether a worker is certainly gone: declared dead, or not a member at all. The latter does not count for one that has been
    /// heard: it may have joined so lately that this silo's view does not show it.
    /// </summary>
    public bool IsGone(string worker, bool heard)
    {
        var address = SiloAddress.FromParsableString(worker);
        return membership.CurrentSnapshot.Members.TryGetValue(address, out var member) ? member.Status == SiloStatus.Dead : !heard;
    }
}
