namespace JubileeVerse.Testing.Storage;

/// <summary>Not migrated.</summary>
public sealed class EmptyPostgreSqlStore(PostgreSqlServer server) : PostgreSqlStore(server)
{
    protected override bool MigratesAtStart => false;
}
