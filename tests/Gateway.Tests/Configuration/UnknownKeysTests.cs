using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults.Configuration;
using Microsoft.Extensions.Configuration;

namespace JubileeVerse.Gateway.Tests.Configuration;

public sealed class UnknownKeysTests
{
    [Theory]
    [InlineData("JubileeVerse:Limits:Count")]
    [InlineData("JubileeVerse:limits:COUNT")]
    [InlineData("JubileeVerse:Limits:Inner:Delay")]
    [InlineData("JubileeVerse:Limits:Names:0")]
    [InlineData("JubileeVerse:Limits:Providers:3:Delay")]
    [InlineData("JubileeVerse:Limits:ByName:anything:Delay")]
    [InlineData("JubileeVerse:Limits:Where")]
    [InlineData("JubileeVerse:Queues:AiResponse:Delay")]
    [InlineData("JubileeVerse:Storage:Whatever")]
    [InlineData("Logging:LogLevel:Default")]
    public void Find_KnownOrForeignKey_ReturnsNothing(string key) => Assert.Empty(Find(key));

    [Theory]
    [InlineData("JubileeVerse:Limit:Count", "Limits")]
    [InlineData("JubileeVerse:Limits:Cuont", "Count")]
    [InlineData("JubileeVerse:Limits:Inner:Dely", "Delay")]
    [InlineData("JubileeVerse:Limits:Providers:3:Delai", "Delay")]
    [InlineData("JubileeVerse:Limits:ByName:anything:Delai", "Delay")]
    [InlineData("JubileeVerse:Queues:AiRespons:Delay", "AiResponse")]
    public void Find_MisspelledKey_NamesTheNearest(string key, string nearest)
    {
        var unknown = Assert.Single(Find(key));
        Assert.Equal(nearest, unknown.Nearest);
        Assert.StartsWith(unknown.Path, key, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JubileeVerse:Memory:Size", "JubileeVerse:Memory")]
    [InlineData("JubileeVerse:Email:Host", "JubileeVerse:Email")]
    [InlineData("JubileeVerse:Caching:Size", "JubileeVerse:Caching")]
    [InlineData("JubileeVerse:Queues:Email:Delay", "JubileeVerse:Queues:Email")]
    public void Find_SectionWithoutASlice_FailsTheStart(string key, string section)
    {
        var unknown = Assert.Single(Find(key));
        Assert.Equal((section, false), (unknown.Path, unknown.IsShared));
        Assert.NotNull(unknown.Nearest);
    }

    [Fact]
    public void Find_SeveralMisspelledKeys_NamesAll() => Assert.Equal(2, Find("JubileeVerse:Lim:A", "JubileeVerse:Limits:B").Count);

    [Fact]
    public void Find_KeyInASharedSection_IsShared()
    {
        var configuration = Configuration("JubileeVerse:Limits:OfAnother");
        var unknown = Assert.Single(
            UnknownKeys.Find(configuration, [new KnownOptions("Limits", typeof(Sample))], [new SharedSection("limits")]));
        Assert.True(unknown.IsShared);
    }

    private static IReadOnlyList<UnknownKey> Find(params string[] keys) => UnknownKeys.Find(
        Configuration(keys),
        [new KnownOptions("Limits", typeof(Sample)), new KnownOptions("Queues:AiResponse", typeof(Inner))],
        []);

    private static IConfiguration Configuration(params string[] keys) =>
        new ConfigurationBuilder().AddInMemoryCollection(keys.Select(key => KeyValuePair.Create(key, (string?)"1"))).Build();

    private sealed class Sample
    {
        public int Count { get; set; }

        public Uri? Where { get; set; }

        public Inner Inner { get; set; } = new();

        public List<string> Names { get; set; } = [];

        public List<Inner> Providers { get; set; } = [];

        public Dictionary<string, Inner> ByName { get; set; } = [];
    }

    private sealed class Inner
    {
        public TimeSpan? Delay { get; set; }
    }
}
