using System.Globalization;
using JubileeVerse.Storage.Dialects;
using JubileeVerse.Storage.Migrations;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class MigrationScriptsTests
{
    [Theory]
    [InlineData(SqlDialect.Sqlite)]
    [InlineData(SqlDialect.PostgreSql)]
    public void Load_EachDialect_HasEachNumberOnceInOrder(SqlDialect dialect)
    {
        var numbers = MigrationScripts.Load(dialect).Select(script => int.Parse(script.Name[..4], CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Equal(1, numbers[0]);
    }

    [Fact]
    public void Load_BothDialects_HaveTheSameNames()
    {
        static IEnumerable<string> Names(SqlDialect dialect) => MigrationScripts.Load(dialect).Select(script => script.Name);

        Assert.Equal(Names(SqlDialect.Sqlite), Names(SqlDialect.PostgreSql));
    }
}
