namespace JubileeVerse.Storage.Migrations;

/// <summary>Migrates the store to the schema of this version.</summary>
public interface IMigrator
{
    /// <summary>
    /// Runs all pending scripts in one transaction. Hosts call it before anything else starts, because Orleans reads its queries from the
    /// store when the silo starts. The call is idempotent and safe from several processes at once.
    /// </summary>
    Task ApplyAsync(CancellationToken cancellationToken);
}
