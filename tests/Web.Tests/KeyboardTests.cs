namespace JubileeVerse.Web.Tests;

public sealed class KeyboardTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    /// <summary>More stops than the page has: who needs them all goes round in a circle.</summary>
    private const int MaxStops = 80;

    [Fact]
    public async Task Converse_WithoutAMouse_WritesReadsAndStops()
    {
        var visitor = await VisitAsync();
        var keyboard = visitor.Page.Keyboard;
        await Expect(visitor.Persona("jubilee")).ToBeVisibleAsync();

        await TabToAsync(visitor, visitor.Persona("jubilee"));
        await keyboard.PressAsync("Enter");
        await Expect(visitor.Composer).ToBeFocusedAsync();
        await keyboard.TypeAsync("First line");
        await keyboard.PressAsync("Shift+Enter");
        await keyboard.TypeAsync("second line");
        await keyboard.PressAsync("Enter");

        await visitor.UntilSpokenToAsync();
        await keyboard.PressAsync("Escape");
        await visitor.UntilAnsweredAsync("cancelled");
        await Expect(visitor.Questions).ToContainTextAsync("First line");
        await Expect(visitor.Composer).ToBeFocusedAsync();

        await TabToAsync(visitor, visitor.Page.GetByTestId("regenerate"));
        await keyboard.PressAsync("Enter");
        await Expect(visitor.Page.GetByTestId("variant-count")).ToHaveTextAsync("2/2");
        await visitor.UntilAnsweredAsync();
    }

    [Fact]
    public async Task SkipLink_IsTheFirstStop()
    {
        var visitor = await VisitAsync();
        await Expect(visitor.Persona("jubilee")).ToBeVisibleAsync();

        await visitor.Page.Keyboard.PressAsync("Tab");
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Dialog_ClosedByEscape_GivesTheFocusBack()
    {
        var visitor = await VisitAsync();
        var opener = visitor.Page.GetByTestId("account-open");
        await TabToAsync(visitor, opener);

        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.GetByTestId("account-form").GetByLabel("Your name")).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");

        await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(Visitor visitor, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var stop = 0; stop < MaxStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            await visitor.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The keyboard does not reach {target}.");
    }
}
