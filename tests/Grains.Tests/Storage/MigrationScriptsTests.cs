using JubileeVerse.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

public sealed class MigrationScriptsTests
{
    [Theory]
    [InlineData(SqlDialect.Sqlite)]
    [InlineData(SqlDialect.PostgreSql)]
    public void Of_EachDialect_HasEachNumberOnceInOrder(SqlDialect dialect)
    {
        var numbers = MigrationScripts.Of(dialect).Select(script => int.Parse(script.Name[..4])).ToArray();

        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Equal(1, numbers[0]);
    }

    [Fact]
    public void Of_BothDialects_HaveTheSameNames()
    {
        static IEnumerable<string> Names(SqlDialect dialect) => MigrationScripts.Of(dialect).Select(script => script.Name);

        Assert.Equal(Names(SqlDialect.Sqlite), Names(SqlDialect.PostgreSql));
    }
}
