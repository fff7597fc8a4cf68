using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Personas;

public sealed class PostgreSqlPersonaStoreTests(PostgreSqlServer server)
    : PersonaStoreConformance<PostgreSqlStore>(new PostgreSqlStore(server));
