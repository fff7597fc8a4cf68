using System.Text.RegularExpressions;

namespace JubileeVerse.Web.Tests;

public sealed partial class AppearanceTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    private const string Overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    /// <summary>A script for the perceived lightness of the page's background, 0 to 255.</summary>
    private const string Lightness =
        """
        (() => {
          const context = new OffscreenCanvas(1, 1).getContext('2d');
          context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
          context.fillRect(0, 0, 1, 1);
          const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
          return 0.299 * red + 0.587 * green + 0.114 * blue;
        })()
        """;

    [Theory]
    [InlineData(390, 844)]
    [InlineData(320, 568)]
    public async Task Phone_GalleryAndConversation_DoNotScrollHorizontally(int width, int height)
    {
        var visitor = await VisitAsync(new() { ViewportSize = new() { Width = width, Height = height }, HasTouch = true, IsMobile = true });
        await Expect(visitor.Persona("jubilee")).ToBeVisibleAsync();
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>(Overflow));

        await visitor.ChoosePersonaAsync("jubilee");
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>(Overflow));
        await visitor.SendAsync($"A very long word: {new string('m', 300)}");
        await visitor.WaitForReplyStatusAsync();
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>(Overflow));
        await Expect(visitor.Composer).ToBeInViewportAsync();

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Open conversations" }).ClickAsync();
        await Expect(visitor.Conversations).ToBeInViewportAsync();
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>(Overflow));
    }

    [Fact]
    public async Task Theme_BeforeTheUserChooses_FollowsTheSystem()
    {
        var visitor = await VisitAsync(new() { ColorScheme = ColorScheme.Dark });
        var toggle = visitor.Page.GetByTestId("theme-toggle");
        await Expect(toggle).ToHaveAccessibleNameAsync("Use the light theme");
        Assert.InRange(await visitor.Page.EvaluateAsync<double>(Lightness), 0, 60);

        await toggle.ClickAsync();

        await Expect(toggle).ToHaveAccessibleNameAsync("Use the dark theme");
        Assert.InRange(await visitor.Page.EvaluateAsync<double>(Lightness), 200, 255);
        await visitor.Page.ReloadAsync();
        await Expect(toggle).ToHaveAccessibleNameAsync("Use the dark theme");
        Assert.InRange(await visitor.Page.EvaluateAsync<double>(Lightness), 200, 255);
    }

    [Fact]
    public async Task Controls_OnEachPage_HaveAnAccessibleName()
    {
        var visitor = await VisitAsync();
        await Expect(visitor.Persona("jubilee")).ToBeVisibleAsync();
        await AssertControlsHaveNamesAsync(visitor);

        await visitor.ChoosePersonaAsync("jubilee");
        await visitor.SendAsync("Are all controls labelled?");
        await visitor.WaitForReplyStatusAsync();
        await AssertControlsHaveNamesAsync(visitor);

        await visitor.Page.GetByTestId("account-open").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveAccessibleNameAsync(WordCharacter());
        await AssertControlsHaveNamesAsync(visitor);
    }

    private static async Task AssertControlsHaveNamesAsync(Visitor visitor)
    {
        var controls = visitor.Page.Locator("button:visible, a[href]:visible, input:visible, textarea:visible, select:visible");
        foreach (var control in await controls.AllAsync())
            await Expect(control).ToHaveAccessibleNameAsync(WordCharacter());
    }

    [GeneratedRegex(@"\w")]
    private static partial Regex WordCharacter();
}
