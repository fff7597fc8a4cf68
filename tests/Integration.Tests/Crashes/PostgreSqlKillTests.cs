using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Integration.Tests.Crashes;

public sealed class PostgreSqlKillTests(PostgreSqlServer server) : KillConformance
{
    protected override async Task ConfigureStoreAsync()
    {
        Assert.SkipWhen(server.Missing is not null, server.Missing ?? "");
        Site["Storage:Provider"] = "PostgreSql";
        Site["Storage:ConnectionString"] = await server.CreateDatabaseAsync();
    }
}
