namespace JubileeVerse.ServiceDefaults.Drain;

/// <summary>
/// Something that must come to its end before the host stops: while it runs the process still listens and answers, but says that it is not ready.
/// Steps run one after another, as registered.
/// </summary>
public interface IDrainStep
{
    /// <summary>As logs name it.</summary>
    string Name { get; }

    /// <summary>Returns when there is nothing left to wait for. The step keeps its own budget; the token says that somebody asked again, so: now.</summary>
    Task DrainAsync(CancellationToken cancellationToken);
}
