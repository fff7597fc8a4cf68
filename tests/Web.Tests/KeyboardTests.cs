namespace JubileeVerse.Web.Tests;

public sealed class KeyboardTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    /// <summary>More tab stops than the page has, so that a focus that cycles without reaching the target fails the test.</summary>
    private const int MaxStops = 80;

    [Fact]
    public async Task Conversation_WithKeyboardOnly_SendsAndStopsReplies()
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

        await visitor.WaitForReplyTextAsync();
        await keyboard.PressAsync("Escape");
        await visitor.WaitForReplyStatusAsync("cancelled");
        await Expect(visitor.UserMessages).ToContainTextAsync("First line");
        await Expect(visitor.Composer).ToBeFocusedAsync();

        await TabToAsync(visitor, visitor.Page.GetByTestId("regenerate"));
        await keyboard.PressAsync("Enter");
        await Expect(visitor.Page.GetByTestId("variant-count")).ToHaveTextAsync("2/2");
        await visitor.WaitForReplyStatusAsync();
    }

    [Fact]
    public async Task SkipLink_OnPageLoad_IsTheFirstTabStop()
    {
        var visitor = await VisitAsync();
        await Expect(visitor.Persona("jubilee")).ToBeVisibleAsync();

        await visitor.Page.Keyboard.PressAsync("Tab");
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Dialog_ClosedByEscape_RestoresTheFocus()
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

        Assert.Fail($"The Tab key did not reach {target} within {MaxStops} stops.");
    }
}
