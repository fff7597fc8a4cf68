namespace JubileeVerse.Operations;

/// <summary>What a gateway asks a silo about the silo's own dependencies. Key: 0.</summary>
[Alias("IOperationsQueries")]
public interface IOperationsQueries : IGrainWithIntegerKey
{
    /// <summary>Runs one trivial query. Errors bubble: a caller that sees one reports the store as unhealthy.</summary>
    [Alias("PingStorageAsync")]
    Task PingStorageAsync(CancellationToken cancellationToken);
}
