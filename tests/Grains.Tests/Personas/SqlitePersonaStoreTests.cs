using JubileeVerse.Testing.Storage;

namespace JubileeVerse.Grains.Tests.Personas;

public sealed class SqlitePersonaStoreTests() : PersonaStoreConformance<SqliteStore>(new SqliteStore());
