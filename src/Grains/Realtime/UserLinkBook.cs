using System.Collections.Immutable;

namespace JubileeVerse.Realtime;

/// <summary>
/// What each gateway last said of one person's links. Not thread-safe: the grain's turns are its lock.
/// </summary>
/// <remarks>
/// A gateway says all its links each time, so what was said last is the truth, and a call that is lost is made good by the next. Calls may come
/// in any order: each has a generation, and a lower one than the known changes nothing. A gateway without links is remembered for that reason.
/// </remarks>
internal sealed class UserLinkBook
{
    /// <summary>More than a person has in the longest life of their grain, however often gateways are replaced; beyond, those without links go.</summary>
    public const int MaxGateways = 1000;

    private readonly Dictionary<GatewayId, Entry> _gateways = [];

    /// <summary>Links over all gateways.</summary>
    public int Count => _gateways.Values.Sum(entry => entry.Links.Length);

    /// <summary>With their gateways, oldest first.</summary>
    public ImmutableArray<HeldLink> Links =>
    [
        .. _gateways
            .SelectMany(gateway => gateway.Value.Links.Select(link => new HeldLink(gateway.Key, link)))
            .OrderBy(held => held.Link.ConnectedAt)
            .ThenBy(held => held.Link.Id, StringComparer.Ordinal),
    ];

    /// <summary>False: it came late and changes nothing.</summary>
    public bool Attach(GatewayId gateway, long generation, ImmutableArray<UserLink> links)
    {
        if (_gateways.TryGetValue(gateway, out var known) && generation < known.Generation)
            return false;

        if (known is null && _gateways.Count >= MaxGateways)
            Forget();
        _gateways[gateway] = new Entry(generation, links.IsDefault ? [] : links);
        return true;
    }

    /// <summary>False: it came late and changes nothing.</summary>
    public bool Detach(GatewayId gateway, long generation) => Attach(gateway, generation, []);

    /// <summary>The gateway will not say anything any more. False: nothing was known of it.</summary>
    public bool Lose(GatewayId gateway) => _gateways.Remove(gateway);

    /// <summary>The oldest ones, as many as there are too many.</summary>
    public ImmutableArray<HeldLink> Beyond(int maxLinks)
    {
        var links = Links;
        return links.Length <= maxLinks ? [] : links[..^maxLinks];
    }

    private void Forget()
    {
        foreach (var (gateway, entry) in _gateways)
        {
            if (entry.Links.IsEmpty)
                _gateways.Remove(gateway);
        }
    }

    private sealed record Entry(long Generation, ImmutableArray<UserLink> Links);
}
