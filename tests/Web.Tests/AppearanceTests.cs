using System.Text.RegularExpressions;

namespace JubileeVerse.Web.Tests;

public sealed partial class AppearanceTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    private const string Overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    /// <summary>Perceived lightness of what the page is painted on, 0 to 255.</summary>
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
    public async Task Phone_GalleryAndConversation_NeverScrollSideways(int width, int height)
    {
        var visitor = await VisitAsync(new() { ViewportSize = new() { Width = width, Height = height }, HasTouch = true, IsMobile = true });
        await Expect(visitor.Persona("jubilee")).ToBeVisibleAsync();
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>(Overflow));

        await visitor.ChooseAsync("jubilee");
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>(Overflow));
        await visitor.SayAsync($"A word without an end: {new string('m', 300)}");
        await visitor.UntilAnsweredAsync();
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>(Overflow));
        await Expect(visitor.Composer).ToBeInViewportAsync();

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Open conversations" }).ClickAsync();
        await Expect(visitor.Conversations).ToBeInViewportAsync();
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>(Overflow));
    }

    [Fact]
    public async Task Theme_OfTheSystem_IsFollowedUntilOneIsChosen()
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
    public async Task Controls_OfEachPage_HaveAName()
    {
        var visitor = await VisitAsync();
        await Expect(visitor.Persona("jubilee")).ToBeVisibleAsync();
        await ControlsShouldHaveANameAsync(visitor);

        await visitor.ChooseAsync("jubilee");
        await visitor.SayAsync("Are all doors labelled?");
        await visitor.UntilAnsweredAsync();
        await ControlsShouldHaveANameAsync(visitor);

        await visitor.Page.GetByTestId("account-open").ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveAccessibleNameAsync(AnyWord());
        await ControlsShouldHaveANameAsync(visitor);
    }

    private static async Task ControlsShouldHaveANameAsync(Visitor visitor)
    {
        var controls = visitor.Page.Locator("button:visible, a[href]:visible, input:visible, textarea:visible, select:visible");
        foreach (var control in await controls.AllAsync())
            await Expect(control).ToHaveAccessibleNameAsync(AnyWord());
    }

    [GeneratedRegex(@"\w")]
    private static partial Regex AnyWord();
}
