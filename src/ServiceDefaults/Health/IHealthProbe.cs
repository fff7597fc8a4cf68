namespace JubileeVerse.ServiceDefaults.Health;

/// <summary>A dependency that this process can ask after.</summary>
public interface IHealthProbe
{
    /// <summary>As the health answer names it.</summary>
    string Name { get; }

    /// <summary>True: without it the process can do nothing.</summary>
    bool IsVital { get; }

    /// <summary>Throws when the dependency is not well.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
