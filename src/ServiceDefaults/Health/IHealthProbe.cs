namespace JubileeVerse.ServiceDefaults.Health;

/// <summary>Checks one dependency of this process.</summary>
public interface IHealthProbe
{
    /// <summary>The name of the dependency in the health response.</summary>
    string Name { get; }

    /// <summary>True if the process cannot serve requests without the dependency.</summary>
    bool IsVital { get; }

    /// <summary>Throws if the dependency is unhealthy.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
