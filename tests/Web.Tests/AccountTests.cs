namespace JubileeVerse.Web.Tests;

public sealed class AccountTests(Chromium chromium, WebSite site) : WebTests(chromium, site)
{
    private const string Password = "Harvest2Moon";

    [Fact]
    public async Task Register_AsGuest_KeepsTheConversations()
    {
        var visitor = await VisitAsync();
        await visitor.ChoosePersonaAsync("jubilee");
        await visitor.SendAsync("I was here before I had a name.");
        await visitor.WaitForReplyStatusAsync();

        await RegisterAsync(visitor, "Ada", "keeps@example.com");

        await Expect(visitor.Page.GetByTestId("account-open")).ToContainTextAsync("Ada");
        await Expect(visitor.Conversations).ToHaveCountAsync(1);
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.GetByTestId("account-open")).ToContainTextAsync("Ada");
        await Expect(visitor.UserMessages).ToContainTextAsync("I was here before I had a name.");
        await visitor.AssertRepliesMatchStoredAsync();
    }

    [Fact]
    public async Task SignIn_InAnotherBrowser_ShowsTheConversations()
    {
        var atHome = await VisitAsync();
        await atHome.ChoosePersonaAsync("elias");
        await atHome.SendAsync("See you on the train.");
        await atHome.WaitForReplyStatusAsync();
        await RegisterAsync(atHome, "Ben", "travels@example.com");
        await Expect(atHome.Page.GetByTestId("account-open")).ToContainTextAsync("Ben");

        var onTheTrain = await VisitAsync();
        await onTheTrain.Page.GetByTestId("account-open").ClickAsync();
        await onTheTrain.Page.GetByTestId("account-switch").ClickAsync();
        var form = onTheTrain.Page.GetByTestId("account-form");
        await form.GetByLabel("E-mail").FillAsync("travels@example.com");
        await form.GetByLabel("Password").FillAsync(Password);
        await form.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(onTheTrain.Page.GetByTestId("account-open")).ToContainTextAsync("Ben");
        await onTheTrain.Conversations.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(onTheTrain.UserMessages).ToContainTextAsync("See you on the train.");
    }

    [Fact]
    public async Task SignOut_AfterRegistering_HidesTheConversations()
    {
        var visitor = await VisitAsync();
        await visitor.ChoosePersonaAsync("jubilee");
        await visitor.SendAsync("For my eyes only.");
        await visitor.WaitForReplyStatusAsync();
        await RegisterAsync(visitor, "Cleo", "leaves@example.com");
        await Expect(visitor.Page.GetByTestId("account-open")).ToContainTextAsync("Cleo");

        await visitor.Page.GetByTestId("account-open").ClickAsync();
        await visitor.Page.GetByTestId("sign-out").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await Expect(visitor.Page.GetByTestId("account-open")).ToContainTextAsync("Guest");
        await Expect(visitor.Conversations).ToHaveCountAsync(0);
        await Expect(visitor.UserMessages).ToHaveCountAsync(0);
    }

    private static async Task RegisterAsync(Visitor visitor, string name, string email)
    {
        await visitor.Page.GetByTestId("account-open").ClickAsync();
        var form = visitor.Page.GetByTestId("account-form");
        await form.GetByLabel("Your name").FillAsync(name);
        await form.GetByLabel("E-mail").FillAsync(email);
        await form.GetByLabel("Password").FillAsync(Password);
        await form.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
    }
}
