namespace JubileeVerse.Operations;

/// <summary>Lets a gateway check the dependencies of a silo. Key: 0.</summary>
[Alias("IOperationsQueries"), GrainInterfaceType("JubileeVerse.Operations.IOperationsQueries")]
public interface IOperationsQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>Runs one trivial query. Exceptions propagate, and the caller then reports the store as unhealthy.</summary>
    [Alias("PingStorageAsync")]
    Task PingStorageAsync(CancellationToken cancellationToken);
}
