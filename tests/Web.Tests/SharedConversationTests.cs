namespace JubileeVerse.Web.Tests;

/// <summary>One conversation in two pages.</summary>
public sealed class SharedConversationTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    [Fact]
    public async Task Say_InOnePage_TheOtherShowsTheSameStream()
    {
        var (visitor, other) = await TwoPagesAsync("jubilee", "First, alone.");

        await visitor.SayAsync("And now for both.");

        await Expect(other.Questions.Last).ToContainTextAsync("And now for both.");
        await other.UntilSpokenToAsync();
        await visitor.UntilAnsweredAsync();
        await other.UntilAnsweredAsync();
        foreach (var page in new[] { visitor, other })
        {
            await Expect(page.Questions).ToHaveCountAsync(2);
            await page.AnswersShouldBeAsStoredAsync();
            Assert.Empty(page.Streams);
        }
    }

    /// <summary>As behind a proxy that lets no sockets through.</summary>
    [Fact]
    public async Task Say_InOnePage_AnotherWithoutSocketsShowsItAsWell()
    {
        var (visitor, other) = await TwoPagesAsync("jubilee", "First, alone.", hasSockets: false);

        await visitor.SayAsync("And now for both.");

        await Expect(other.Questions.Last).ToContainTextAsync("And now for both.");
        await other.UntilSpokenToAsync();
        await other.UntilAnsweredAsync();
        await other.AnswersShouldBeAsStoredAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
        await visitor.ChooseAsync("melody");
        await visitor.SayAsync("Another one, for the list.");
        await Expect(other.Conversations).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task AnswerAgainAndStop_InOnePage_TheOtherFollows()
    {
        var (visitor, other) = await TwoPagesAsync("melody", "Sing it twice.");

        await visitor.Page.GetByTestId("regenerate").ClickAsync();
        await Expect(other.Answers.Last).ToHaveAttributeAsync("data-status", "generating");
        await other.Stop.ClickAsync();

        await visitor.UntilAnsweredAsync("cancelled");
        await Expect(visitor.Page.GetByTestId("variant-count")).ToHaveTextAsync("2/2");
        await Expect(other.Page.GetByTestId("variant-count")).ToHaveTextAsync("2/2");
    }

    [Fact]
    public async Task List_OfAnotherPage_FollowsWhatIsMadeRenamedAndDeleted()
    {
        var visitor = await VisitAsync();
        await visitor.ChooseAsync("elias");
        await visitor.SayAsync("Write this one down.");
        await visitor.UntilAnsweredAsync();
        var other = await OpenAlsoAsync(visitor);
        await Expect(other.Conversations).ToHaveCountAsync(1);

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
        await visitor.ChooseAsync("jubilee");
        await visitor.SayAsync("And this one too.");
        await Expect(other.Conversations).ToHaveCountAsync(2);
        // What is deleted in mid-answer is asked for once more, and browsers log that it is not there.
        await visitor.UntilAnsweredAsync();

        var conversation = visitor.ConversationId;
        await visitor.CallAsync("PATCH", $"/api/conversations/{conversation}", """{"title":"Called otherwise"}""");
        await Expect(other.Conversations.First).ToContainTextAsync("Called otherwise");
        await visitor.CallAsync("DELETE", $"/api/conversations/{conversation}");
        await Expect(other.Conversations).ToHaveCountAsync(1);
        await Expect(visitor.Page.GetByText("This conversation is gone")).ToBeVisibleAsync();
    }

    /// <summary>A person's page with a first answer, and another that shows it.</summary>
    private async Task<(Visitor Visitor, Visitor Other)> TwoPagesAsync(string persona, string words, bool hasSockets = true)
    {
        var visitor = await VisitAsync();
        await visitor.ChooseAsync(persona);
        await visitor.SayAsync(words);
        await visitor.UntilAnsweredAsync();
        var other = await OpenAlsoAsync(visitor, hasSockets: hasSockets);
        await Expect(other.Answers).ToHaveCountAsync(1);
        return (visitor, other);
    }
}
