namespace JubileeVerse.ServiceDefaults.Drain;

/// <summary>
/// Work that must finish before the host stops. Meanwhile the process still listens and serves requests, but reports that it is not ready.
/// Steps run sequentially in the order of their registration.
/// </summary>
public interface IDrainStep
{
    /// <summary>The name of the step in logs.</summary>
    string Name { get; }

    /// <summary>
    /// Returns when the step is drained. The step limits its own duration; the token is cancelled by a second stop signal.
    /// </summary>
    Task DrainAsync(CancellationToken cancellationToken);
}
