namespace JubileeVerse.Web.Tests;

public sealed class ConversationTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    [Fact]
    public async Task Say_AsSomeoneNew_TheAnswerGrowsAndIsWhole()
    {
        var visitor = await VisitAsync();
        await visitor.ChooseAsync("jubilee");

        await visitor.SayAsync("How can I learn to wait?");

        await Expect(visitor.Questions).ToContainTextAsync("How can I learn to wait?");
        await visitor.UntilSpokenToAsync();
        await visitor.UntilAnsweredAsync();
        await visitor.AnswersShouldBeAsStoredAsync();
        await Expect(visitor.Page.GetByTestId("builtin-note")).ToBeVisibleAsync();
        await Expect(visitor.Conversations).ToHaveCountAsync(1);
        await Expect(visitor.Composer).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Reload_InMidAnswer_TheAnswerGoesOnAndIsWholeOnce()
    {
        var visitor = await VisitAsync();
        await visitor.ChooseAsync("melody");
        await visitor.SayAsync("Which song carries one through the night?");
        await visitor.UntilSpokenToAsync();

        await visitor.Page.ReloadAsync();

        await visitor.UntilSpokenToAsync();
        await visitor.UntilAnsweredAsync();
        await Expect(visitor.Questions).ToHaveCountAsync(1);
        await visitor.AnswersShouldBeAsStoredAsync();
    }

    [Fact]
    public async Task Stop_InMidAnswer_KeepsWhatWasSaid()
    {
        var visitor = await VisitAsync();
        await visitor.ChooseAsync("zariah");
        await visitor.SayAsync("Tell me everything.");
        await visitor.UntilSpokenToAsync();

        await visitor.Stop.ClickAsync();

        await visitor.UntilAnsweredAsync("cancelled");
        await Expect(visitor.Stop).ToBeHiddenAsync();
        await visitor.AnswersShouldBeAsStoredAsync();
        await visitor.SayAsync("Thank you. Only the end, then.");
        await Expect(visitor.Answers).ToHaveCountAsync(2);
        await visitor.UntilAnsweredAsync();
    }

    [Fact]
    public async Task ComeBack_ToAnEarlierConversation_ItIsAsItWas()
    {
        var visitor = await VisitAsync();
        await visitor.ChooseAsync("elias");
        await visitor.SayAsync("Remember the lighthouse.");
        await visitor.UntilAnsweredAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
        await visitor.ChooseAsync("jubilee");
        await visitor.SayAsync("This one is about bread.");
        await visitor.UntilAnsweredAsync();
        await Expect(visitor.Conversations).ToHaveCountAsync(2);

        await visitor.Conversations.Filter(new() { HasText = "lighthouse" }).GetByRole(AriaRole.Link).ClickAsync();

        await Expect(visitor.Questions).ToContainTextAsync("Remember the lighthouse.");
        await visitor.AnswersShouldBeAsStoredAsync();
        await visitor.SayAsync("Do you still know it?");
        await Expect(visitor.Answers).ToHaveCountAsync(2);
        await visitor.UntilAnsweredAsync();
    }

    [Fact]
    public async Task AnswerAgain_AfterAnAnswer_BothVariantsStay()
    {
        var visitor = await VisitAsync();
        await visitor.ChooseAsync("jubilee");
        await visitor.SayAsync("Say it another way.");
        await visitor.UntilAnsweredAsync();

        await visitor.Page.GetByTestId("regenerate").ClickAsync();

        await Expect(visitor.Page.GetByTestId("variant-count")).ToHaveTextAsync("2/2");
        await visitor.UntilAnsweredAsync();
        await visitor.Page.GetByTestId("variant-previous").ClickAsync();
        await Expect(visitor.Page.GetByTestId("variant-count")).ToHaveTextAsync("1/2");
    }
}
