namespace JubileeVerse.Web.Tests;

public sealed class ConversationTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    [Fact]
    public async Task Send_AsNewVisitor_ReplyStreamsAndCompletes()
    {
        var visitor = await VisitAsync();
        await visitor.ChoosePersonaAsync("jubilee");

        await visitor.SendAsync("How can I learn to wait?");

        await Expect(visitor.UserMessages).ToContainTextAsync("How can I learn to wait?");
        await visitor.WaitForReplyTextAsync();
        await visitor.WaitForReplyStatusAsync();
        await visitor.AssertRepliesMatchStoredAsync();
        await Expect(visitor.Page.GetByTestId("builtin-note")).ToBeVisibleAsync();
        await Expect(visitor.Conversations).ToHaveCountAsync(1);
        await Expect(visitor.Composer).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Reload_DuringAReply_ReplyContinuesAndIsShownOnce()
    {
        var visitor = await VisitAsync();
        await visitor.ChoosePersonaAsync("melody");
        await visitor.SendAsync("Which song carries one through the night?");
        await visitor.WaitForReplyTextAsync();

        await visitor.Page.ReloadAsync();

        await visitor.WaitForReplyTextAsync();
        await visitor.WaitForReplyStatusAsync();
        await Expect(visitor.UserMessages).ToHaveCountAsync(1);
        await visitor.AssertRepliesMatchStoredAsync();
    }

    [Fact]
    public async Task Stop_DuringAReply_KeepsThePartialText()
    {
        var visitor = await VisitAsync();
        await visitor.ChoosePersonaAsync("zariah");
        await visitor.SendAsync("Tell me everything.");
        await visitor.WaitForReplyTextAsync();

        await visitor.Stop.ClickAsync();

        await visitor.WaitForReplyStatusAsync("cancelled");
        await Expect(visitor.Stop).ToBeHiddenAsync();
        await visitor.AssertRepliesMatchStoredAsync();
        await visitor.SendAsync("Thank you. Only the end, then.");
        await Expect(visitor.Replies).ToHaveCountAsync(2);
        await visitor.WaitForReplyStatusAsync();
    }

    [Fact]
    public async Task Open_AnEarlierConversation_ShowsItsMessages()
    {
        var visitor = await VisitAsync();
        await visitor.ChoosePersonaAsync("elias");
        await visitor.SendAsync("Remember the lighthouse.");
        await visitor.WaitForReplyStatusAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
        await visitor.ChoosePersonaAsync("jubilee");
        await visitor.SendAsync("This one is about bread.");
        await visitor.WaitForReplyStatusAsync();
        await Expect(visitor.Conversations).ToHaveCountAsync(2);

        await visitor.Conversations.Filter(new() { HasText = "lighthouse" }).GetByRole(AriaRole.Link).ClickAsync();

        await Expect(visitor.UserMessages).ToContainTextAsync("Remember the lighthouse.");
        await visitor.AssertRepliesMatchStoredAsync();
        await visitor.SendAsync("Do you still know it?");
        await Expect(visitor.Replies).ToHaveCountAsync(2);
        await visitor.WaitForReplyStatusAsync();
    }

    [Fact]
    public async Task Regenerate_AfterAReply_KeepsBothVariants()
    {
        var visitor = await VisitAsync();
        await visitor.ChoosePersonaAsync("jubilee");
        await visitor.SendAsync("Say it another way.");
        await visitor.WaitForReplyStatusAsync();

        await visitor.Page.GetByTestId("regenerate").ClickAsync();

        await Expect(visitor.Page.GetByTestId("variant-count")).ToHaveTextAsync("2/2");
        await visitor.WaitForReplyStatusAsync();
        await visitor.Page.GetByTestId("variant-previous").ClickAsync();
        await Expect(visitor.Page.GetByTestId("variant-count")).ToHaveTextAsync("1/2");
    }
}
