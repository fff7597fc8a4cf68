namespace JubileeVerse.Gateway.Limits;

/// <summary>Says at an endpoint which limit counts for it, where it is not the usual one.</summary>
internal sealed class LimitPolicy
{
    public static readonly LimitPolicy SignIn = new();

    /// <summary>Never limited: probes.</summary>
    public static readonly LimitPolicy None = new();

    private LimitPolicy()
    {
    }
}
