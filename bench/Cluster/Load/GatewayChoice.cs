namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>The gateway that one client speaks to, until that fails it.</summary>
/// <param name="gateways">All there are, also those that are down; changes as gateways come back elsewhere.</param>
/// <param name="number">Spreads the clients.</param>
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
