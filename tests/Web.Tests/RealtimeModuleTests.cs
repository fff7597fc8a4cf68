using System.Text.Json;
using System.Text.RegularExpressions;
using JubileeVerse.Testing.Merging;

namespace JubileeVerse.Web.Tests;

/// <summary>
/// Tests the page's realtime modules in a browser, over fake connections and a virtual clock. The scenarios are in the folder
/// <c>Scripts</c>. All of them run in one page, because each creates its own connections and clock.
/// </summary>
public sealed partial class RealtimeModuleTests(ScriptsPage scripts) : IClassFixture<ScriptsPage>
{
    private const int Runs = 300;

    /// <summary>The seeds are fixed, so that a failure is reproducible. Each fault names the seed of its run.</summary>
    [Fact]
    public async Task ChannelClient_OverFaultyConnections_RebuildsTheStoredState()
    {
        var visitor = await scripts.OpenAsync();

        var json = await visitor.Page.EvaluateAsync<string>(
            """
            async (runs) => {
              const { checkRebuiltEqualsStored } = await import('/js/tests/channel-properties.js');
              return JSON.stringify(await checkRebuiltEqualsStored(1, runs));
            }
            """,
            Runs);

        var result = JsonSerializer.Deserialize<JsonElement>(json);
        Assert.Empty(result.GetProperty("faults").EnumerateArray().Select(fault => fault.GetString()));
        foreach (var counter in result.GetProperty("seen").EnumerateObject())
            Assert.True(counter.Value.GetInt32() > Runs, $"{counter.Name} is {counter.Value}; the property needs more than {Runs}.");
    }

    /// <summary>Each fault names its case.</summary>
    [Fact]
    public async Task ReplyText_SharedMergeCases_HaveTheExpectedResult()
    {
        var visitor = await scripts.OpenAsync();

        var faults = await visitor.Page.EvaluateAsync<string[]>(
            "async (json) => (await import('/js/tests/merge-cases.js')).findFaults(JSON.parse(json).cases)", MergeCases.Json);

        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(ScenariosOf), "client-scenarios")]
    public Task ChannelClient_InScenario_Passes(string scenario) => RunAsync("client-scenarios", scenario);

    [Theory]
    [MemberData(nameof(ScenariosOf), "hub-connection-scenarios")]
    public Task HubConnection_InScenario_Passes(string scenario) => RunAsync("hub-connection-scenarios", scenario);

    [Theory]
    [MemberData(nameof(ScenariosOf), "event-connection-scenarios")]
    public Task EventConnection_InScenario_Passes(string scenario) => RunAsync("event-connection-scenarios", scenario);

    [Theory]
    [MemberData(nameof(ScenariosOf), "conversation-frames-scenarios")]
    public Task ConversationFrames_InScenario_Passes(string scenario) => RunAsync("conversation-frames-scenarios", scenario);

    /// <summary>The names of all scenarios of a script, read from its text, so that none is left out.</summary>
    public static TheoryData<string> ScenariosOf(string script) =>
        [.. ScenarioDeclaration().Matches(File.ReadAllText(ScriptsPage.PathOf($"{script}.js"))).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"^  async (\w+)\(\) \{", RegexOptions.Multiline)]
    private static partial Regex ScenarioDeclaration();

    private async Task RunAsync(string script, string scenario)
    {
        var visitor = await scripts.OpenAsync();

        var error = await visitor.Page.EvaluateAsync<string?>(
            "async ([script, scenario]) => (await import(`/js/tests/${script}.js`)).run(scenario)", new[] { script, scenario });

        Assert.Null(error);
        Assert.Empty(visitor.ConsoleErrors);
    }
}
