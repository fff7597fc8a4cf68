namespace JubileeVerse.Gateway.Limits;

/// <summary>Endpoint metadata that selects a rate limit other than the default.</summary>
internal sealed class LimitPolicy
{
    public static readonly LimitPolicy SignIn = new();

    /// <summary>No rate limit, for health probes.</summary>
    public static readonly LimitPolicy None = new();

    private LimitPolicy()
    {
    }
}
