namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>The gateway that a client uses until it fails.</summary>
/// <param name="gateways">All gateways, including those that are down. The list changes when gateways restart at another address.</param>
/// <param name="number">The number of the client, which spreads clients over gateways.</param>
internal sealed class GatewayChoice(Func<IReadOnlyList<Uri>> gateways, int number)
{
    private int _number = number;

    public Uri Current
    {
        get
        {
            var all = gateways();
            return all[_number % all.Count];
        }
    }

    public void Next() => _number++;
}
