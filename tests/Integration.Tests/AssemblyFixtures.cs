using JubileeVerse.Testing.Storage;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
