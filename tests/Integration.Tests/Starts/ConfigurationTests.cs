namespace JubileeVerse.Integration.Tests.Starts;

public sealed class ConfigurationTests : StandaloneTests
{
    [Theory]
    [InlineData("Queues:AiResponse:Atempts", "3", "Attempts")]
    [InlineData("Storag:Provider", "Sqlite", "Storage")]
    [InlineData("Ai:Builtin:PieceDelay", "3", "PieceDelayMs")]
    [InlineData("Queues:Email:Attempts", "3", "Grace")]
    [InlineData("Caching:Size", "3", "Admin")]
    public async Task Start_UnknownKey_ExitsAndSuggestsTheNearest(string key, string value, string nearest)
    {
        Site[key] = value;

        var exitCode = await Site.Launch().UntilExitAsync(Deadline);

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"'JubileeVerse:{key.Split(':')[0]}", Site.Output.Text);
        Assert.Contains($"'{nearest}'", Site.Output.Text);
    }

    [Fact]
    public async Task Start_ValueOutOfRange_ExitsAndNamesTheKey()
    {
        Site["Queues:AiResponse:Attempts"] = "0";

        var exitCode = await Site.Launch().UntilExitAsync(Deadline);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Attempts", Site.Output.Text);
    }

    [Fact]
    public async Task Start_PostgreSqlWithoutConnectionString_ExitsAndNamesTheKey()
    {
        Site["Storage:Provider"] = "PostgreSql";

        var exitCode = await Site.Launch().UntilExitAsync(Deadline);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("JubileeVerse:Storage:ConnectionString", Site.Output.Text);
    }
}
