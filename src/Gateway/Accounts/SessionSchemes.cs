namespace JubileeVerse.Gateway.Accounts;

/// <summary>The names of the ways to be known.</summary>
internal static class SessionSchemes
{
    /// <summary>Picks one of the others by the request.</summary>
    public const string Default = "jv";

    /// <summary>Reads the cookie.</summary>
    public const string Cookie = "jv.cookie";

    /// <summary>
    /// Writes the same cookie and never reads it. The cookie handler renews the session that it has read instead of making a new one,
    /// which would let a session that somebody planted before the sign-in live on after it.
    /// </summary>
    public const string NewSession = "jv.cookie.new";

    public const string CookieName = "jv.sid";
}
