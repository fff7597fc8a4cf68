namespace JubileeVerse.Gateway.Sessions;

/// <summary>The names of the authentication schemes and of the session cookie.</summary>
internal static class SessionSchemes
{
    /// <summary>The policy scheme that forwards to one of the others, depending on the request.</summary>
    public const string Default = "jv";

    /// <summary>Reads the session cookie.</summary>
    public const string Cookie = "jv.cookie";

    /// <summary>
    /// Writes the same cookie but never reads it. A cookie handler that has read a session renews it at sign-in instead of creating a new
    /// one, which would allow session fixation: a session planted before the sign-in would stay valid after it.
    /// </summary>
    public const string NewSession = "jv.cookie.new";

    public const string CookieName = "jv.sid";
}
