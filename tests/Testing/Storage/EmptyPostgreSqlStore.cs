namespace JubileeVerse.Testing.Storage;

/// <summary>A PostgreSQL store without migrations.</summary>
public sealed class EmptyPostgreSqlStore(PostgreSqlServer server) : PostgreSqlStore(server)
{
    protected override bool MigratesAtStart => false;
}
