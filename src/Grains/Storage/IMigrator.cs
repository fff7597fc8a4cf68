namespace JubileeVerse.Storage;

/// <summary>Brings the store to the shape that this version needs.</summary>
public interface IMigrator
{
    /// <summary>
    /// Runs every script that has not been run yet, all of them or none. Hosts call it before anything else starts: Orleans reads its
    /// queries from the store when the silo does. Safe to call again, and from many processes at once.
    /// </summary>
    Task ApplyAsync(CancellationToken cancellationToken);
}
