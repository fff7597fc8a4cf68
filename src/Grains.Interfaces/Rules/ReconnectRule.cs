namespace JubileeVerse.Rules;

/// <summary>When a client may reconnect after the server has closed its connection.</summary>
public enum ReconnectRule
{
    /// <summary>At once, after the short delay with jitter that the closing frame states.</summary>
    Now,

    /// <summary>After the delay that the closing frame states, and not before.</summary>
    AfterDelay,

    /// <summary>With a new token or session only.</summary>
    WithNewSession,

    /// <summary>Not by itself.</summary>
    Never,
}
