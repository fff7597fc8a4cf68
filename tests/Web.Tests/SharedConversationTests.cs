namespace JubileeVerse.Web.Tests;

/// <summary>One conversation that is open in two pages.</summary>
public sealed class SharedConversationTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    [Fact]
    public async Task Send_InOnePage_OtherPageShowsTheSameReply()
    {
        var (visitor, other) = await OpenTwoPagesAsync("jubilee", "First, alone.");

        await visitor.SendAsync("And now for both.");

        await Expect(other.UserMessages.Last).ToContainTextAsync("And now for both.");
        await other.WaitForReplyTextAsync();
        await visitor.WaitForReplyStatusAsync();
        await other.WaitForReplyStatusAsync();
        foreach (var page in new[] { visitor, other })
        {
            await Expect(page.UserMessages).ToHaveCountAsync(2);
            await page.AssertRepliesMatchStoredAsync();
            Assert.Empty(page.ReplyStreams);
        }
    }

    /// <summary>The other page is blocked from WebSockets, as behind some proxies.</summary>
    [Fact]
    public async Task Send_InOnePage_OtherPageWithoutWebSocketsShowsTheReply()
    {
        var (visitor, other) = await OpenTwoPagesAsync("jubilee", "First, alone.", hasWebSockets: false);

        await visitor.SendAsync("And now for both.");

        await Expect(other.UserMessages.Last).ToContainTextAsync("And now for both.");
        await other.WaitForReplyTextAsync();
        await other.WaitForReplyStatusAsync();
        await other.AssertRepliesMatchStoredAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
        await visitor.ChoosePersonaAsync("melody");
        await visitor.SendAsync("Another one, for the list.");
        await Expect(other.Conversations).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task RegenerateAndStop_InDifferentPages_BothShowTheResult()
    {
        var (visitor, other) = await OpenTwoPagesAsync("melody", "Sing it twice.");

        await visitor.Page.GetByTestId("regenerate").ClickAsync();
        await Expect(other.Replies.Last).ToHaveAttributeAsync("data-status", "generating");
        await other.Stop.ClickAsync();

        await visitor.WaitForReplyStatusAsync("cancelled");
        await Expect(visitor.Page.GetByTestId("variant-count")).ToHaveTextAsync("2/2");
        await Expect(other.Page.GetByTestId("variant-count")).ToHaveTextAsync("2/2");
    }

    [Fact]
    public async Task ConversationList_InOtherPage_ShowsCreatedRenamedAndDeleted()
    {
        var visitor = await VisitAsync();
        await visitor.ChoosePersonaAsync("elias");
        await visitor.SendAsync("Write this one down.");
        await visitor.WaitForReplyStatusAsync();
        var other = await OpenAnotherTabAsync(visitor);
        await Expect(other.Conversations).ToHaveCountAsync(1);

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
        await visitor.ChoosePersonaAsync("jubilee");
        await visitor.SendAsync("And this one too.");
        await Expect(other.Conversations).ToHaveCountAsync(2);
        // A conversation deleted during a reply is requested once more, and browsers log the 404 as an error.
        await visitor.WaitForReplyStatusAsync();

        var conversation = visitor.ConversationId;
        await visitor.CallApiAsync("PATCH", $"/api/conversations/{conversation}", """{"title":"Called otherwise"}""");
        await Expect(other.Conversations.First).ToContainTextAsync("Called otherwise");
        await visitor.CallApiAsync("DELETE", $"/api/conversations/{conversation}");
        await Expect(other.Conversations).ToHaveCountAsync(1);
        await Expect(visitor.Page.GetByText("This conversation was deleted")).ToBeVisibleAsync();
    }

    /// <summary>Opens a conversation with one reply in two pages of the same visitor.</summary>
    private async Task<(Visitor Visitor, Visitor Other)> OpenTwoPagesAsync(string persona, string message, bool hasWebSockets = true)
    {
        var visitor = await VisitAsync();
        await visitor.ChoosePersonaAsync(persona);
        await visitor.SendAsync(message);
        await visitor.WaitForReplyStatusAsync();
        var other = await OpenAnotherTabAsync(visitor, hasWebSockets: hasWebSockets);
        await Expect(other.Replies).ToHaveCountAsync(1);
        return (visitor, other);
    }
}
