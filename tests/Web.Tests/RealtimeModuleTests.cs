using System.Text.Json;
using System.Text.RegularExpressions;

namespace JubileeVerse.Web.Tests;

/// <summary>
/// The page's modules for real time, by themselves: in the browser that runs them, but over links and a time of the test's own.
/// The scenarios are in the folder <c>Scripts</c>.
/// </summary>
public sealed partial class RealtimeModuleTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    private const int Runs = 300;

    /// <summary>A page that does nothing by itself.</summary>
    private const string BlankPath = "/js/tests/blank.html";

    /// <summary>A fixed seed: what is red here is red everywhere. A fault tells the seed of its run.</summary>
    [Fact]
    public async Task Client_OverLinksThatLoseDoubleReorderAndBreak_RebuildsWhatIsStored()
    {
        var page = await ScriptsAsync();

        var json = await page.EvaluateAsync<string>(
            "async (runs) => JSON.stringify(await (await import('/js/tests/channel-properties.js')).checkRebuiltEqualsStored(1, runs))", Runs);

        var result = JsonSerializer.Deserialize<JsonElement>(json);
        Assert.Empty(result.GetProperty("faults").EnumerateArray().Select(fault => fault.GetString()));
        foreach (var happened in result.GetProperty("seen").EnumerateObject())
            Assert.True(happened.Value.GetInt32() > Runs, $"{happened.Name}: {happened.Value}. So few prove nothing.");
    }

    [Theory]
    [MemberData(nameof(ScenariosOf), "client-scenarios")]
    public Task Client_InScenario_DoesAsItsNameSays(string scenario) => RunAsync("client-scenarios", scenario);

    [Theory]
    [MemberData(nameof(ScenariosOf), "hub-link-scenarios")]
    public Task HubLink_InScenario_DoesAsItsNameSays(string scenario) => RunAsync("hub-link-scenarios", scenario);

    [Theory]
    [MemberData(nameof(ScenariosOf), "event-link-scenarios")]
    public Task EventLink_InScenario_DoesAsItsNameSays(string scenario) => RunAsync("event-link-scenarios", scenario);

    [Theory]
    [MemberData(nameof(ScenariosOf), "frames-scenarios")]
    public Task Frames_InScenario_DoToTheThreadAsItsNameSays(string scenario) => RunAsync("frames-scenarios", scenario);

    /// <summary>All that the script has: none can be forgotten here.</summary>
    public static TheoryData<string> ScenariosOf(string script) =>
        [.. Scenario().Matches(File.ReadAllText(PathOf($"{script}.js"))).Select(match => match.Groups[1].Value)];

    private static string PathOf(string script) => Path.Combine(AppContext.BaseDirectory, "Scripts", script);

    [GeneratedRegex(@"^  async (\w+)\(\) \{", RegexOptions.Multiline)]
    private static partial Regex Scenario();

    private async Task RunAsync(string script, string scenario)
    {
        var page = await ScriptsAsync();

        var fault = await page.EvaluateAsync<string?>(
            "async ([script, scenario]) => (await import(`/js/tests/${script}.js`)).run(scenario)", new[] { script, scenario });

        Assert.Null(fault);
    }

    private async Task<IPage> ScriptsAsync()
    {
        var visitor = await VisitAsync(path: "about:blank");
        await visitor.Page.RouteAsync("**/js/tests/*", route => route.FulfillAsync(new()
        {
            Path = PathOf(Path.GetFileName(new Uri(route.Request.Url).AbsolutePath)),
            ContentType = route.Request.Url.EndsWith(BlankPath, StringComparison.Ordinal) ? "text/html" : "text/javascript",
        }));
        await visitor.Page.GotoAsync(BlankPath);
        return visitor.Page;
    }
}
