using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Replies;
using JubileeVerse.Storage.Batching;

namespace JubileeVerse.Grains.Tests.Accounts;

public abstract class AccountGrainConformance<TCluster> : IClassFixture<TCluster>
    where TCluster : AccountCluster
{
    private readonly TCluster _cluster;

    protected AccountGrainConformance(TCluster cluster)
    {
        _cluster = cluster;
        cluster.Store.SkipWhenMissing();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_UnknownUser_IsNotFound()
    {
        var unknown = _cluster.Grains.GetGrain<IAccountGrain>(UserId.New(_cluster.Time).Value);

        var thrown = await Assert.ThrowsAsync<JubileeException>(() => unknown.GetAsync(Cancellation));

        Assert.Equal(ErrorCode.NotFound, thrown.Code);
    }

    [Fact]
    public async Task UpdateProfileAsync_SomeFields_ChangesThoseAndKeepsThemAcrossActivations()
    {
        var user = await _cluster.RegisterAsync();
        var grain = _cluster.Account(user);

        var changed = await grain.UpdateProfileAsync(new ProfileChange("Ada L.", "de", null), Cancellation);
        await _cluster.DeactivateAsync(grain);

        Assert.Equal(user with { DisplayName = "Ada L.", PreferredLanguage = "de" }, changed);
        Assert.Equal(changed, await grain.GetAsync(Cancellation));
    }

    [Fact]
    public async Task UpdateProfileAsync_DefaultPersona_MustBeAnActiveOne()
    {
        var grain = _cluster.Account(await _cluster.CreateGuestAsync());
        await _cluster.CommitAsync(Persona("melody", active: true), Persona("retired", active: false));

        var changed = await grain.UpdateProfileAsync(new ProfileChange(null, null, "melody"), Cancellation);
        var thrown = await Assert.ThrowsAsync<JubileeException>(
            () => grain.UpdateProfileAsync(new ProfileChange(null, null, "retired"), Cancellation));

        Assert.Equal("melody", changed.DefaultPersona);
        Assert.Equal("defaultPersona", thrown.Field);
    }

    [Fact]
    public async Task UpdateProfileAsync_AnotherActivationHasWritten_KeepsBothChanges()
    {
        var user = await _cluster.CreateGuestAsync();
        var grain = _cluster.Account(user);
        await grain.GetAsync(Cancellation);
        const string elsewhere = "update users set version = version + 1, plan = 'premium' where id = @id";
        await _cluster.CommitAsync(new Statement(elsewhere, ("id", user.Id.ToString())));

        var changed = await grain.UpdateProfileAsync(new ProfileChange("Ada", null, null), Cancellation);

        Assert.Equal(("Ada", "premium"), (changed.DisplayName, changed.Plan));
    }

    [Fact]
    public async Task AdministerAsync_RoleAndPlan_AreChanged()
    {
        var grain = _cluster.Account(await _cluster.RegisterAsync());

        var changed = await grain.AdministerAsync(new AccountChange(UserRole.Admin, "premium", null), Cancellation);

        Assert.Equal((UserRole.Admin, "premium", false), (changed.Role, changed.Plan, changed.Disabled));
    }

    [Fact]
    public async Task AdministerAsync_UnknownPlan_NamesTheField()
    {
        var grain = _cluster.Account(await _cluster.RegisterAsync());

        var thrown = await Assert.ThrowsAsync<JubileeException>(
            () => grain.AdministerAsync(new AccountChange(null, "gold", null), Cancellation));

        Assert.Equal("plan", thrown.Field);
    }

    [Fact]
    public async Task AdministerAsync_Disabled_EndsSessionsAndPreventsNewOnes()
    {
        var user = await _cluster.RegisterAsync();
        var ticket = new SessionTicket(user.Id, [1], _cluster.Time.GetUtcNow().AddHours(1));
        await _cluster.Sessions.SetAsync($"before-{user.Id}", ticket, Cancellation);

        await _cluster.Account(user).AdministerAsync(new AccountChange(null, null, Disabled: true), Cancellation);
        await _cluster.Sessions.SetAsync($"after-{user.Id}", ticket, Cancellation);

        Assert.Null(await _cluster.Sessions.GetAsync($"before-{user.Id}", Cancellation));
        Assert.Null(await _cluster.Sessions.GetAsync($"after-{user.Id}", Cancellation));
        var admission = await _cluster.Account(user).AdmitAsync([ReplyId.New(_cluster.Time)], Cancellation);
        Assert.Equal(ErrorCode.AccountDisabled, admission.Refusal?.Code);
    }

    [Theory]
    [InlineData("free", 5, 5)]
    [InlineData("premium", 20, 1)]
    public async Task AdmitAsync_BeyondThePlansLimit_IsRefusedWithTheOpenCount(string plan, int limit, int priority)
    {
        var grain = _cluster.Account(await _cluster.CreateGuestAsync());
        await grain.AdministerAsync(new AccountChange(null, plan, null), Cancellation);

        for (var i = 0; i < limit; i++)
            Assert.Equal((null, priority), await AdmitOneAsync(grain));
        var refused = await grain.AdmitAsync([ReplyId.New(_cluster.Time)], Cancellation);

        Assert.Equal((ErrorCode.TooManyOpenReplies, limit, TimeSpan.FromSeconds(5)),
            (refused.Refusal?.Code, refused.Refusal?.Position, refused.Refusal?.RetryAfter));
    }

    [Fact]
    public async Task AdmitAsync_MoreThanThePlanEverAllows_IsRefusedWithoutRetryAfter()
    {
        var grain = _cluster.Account(await _cluster.CreateGuestAsync());

        var admission = await grain.AdmitAsync([.. Enumerable.Range(0, 6).Select(_ => ReplyId.New(_cluster.Time))], Cancellation);

        Assert.Equal(ErrorCode.TooManyOpenReplies, admission.Refusal?.Code);
        Assert.Null(admission.Refusal?.RetryAfter);
    }

    [Fact]
    public async Task ReplyEndedAsync_OneOfFive_MakesRoomForOne()
    {
        var grain = _cluster.Account(await _cluster.CreateGuestAsync());
        var replies = Enumerable.Range(0, 5).Select(_ => ReplyId.New(_cluster.Time)).ToImmutableArray();
        await grain.AdmitAsync(replies, Cancellation);

        await grain.ReplyEndedAsync([replies[0]], Cancellation);
        await grain.ReplyEndedAsync([replies[0]], Cancellation);

        Assert.Null((await AdmitOneAsync(grain)).Code);
        Assert.Equal(ErrorCode.TooManyOpenReplies, (await AdmitOneAsync(grain)).Code);
    }

    [Fact]
    public async Task AdmitAsync_AfterAnActivation_CountsTheTablesOpenReplies()
    {
        var user = await _cluster.CreateGuestAsync();
        for (var i = 0; i < 5; i++)
            await _cluster.StoreReplyAsync(user);
        var grain = _cluster.Account(user);

        Assert.Equal(ErrorCode.TooManyOpenReplies, (await AdmitOneAsync(grain)).Code);
    }

    [Fact]
    public async Task AdmitAsync_ReplyEndedCallWasLost_ReadsTheTableAfterFiveSeconds()
    {
        var user = await _cluster.CreateGuestAsync();
        var grain = _cluster.Account(user);
        var replies = Enumerable.Range(0, 5).Select(_ => ReplyId.New(_cluster.Time)).ToImmutableArray();
        await grain.AdmitAsync(replies, Cancellation);
        foreach (var reply in replies)
            await _cluster.StoreReplyAsync(user, reply);
        await _cluster.EndReplyAsync(replies[0]);

        var early = await AdmitOneAsync(grain);
        _cluster.Time.Advance(TimeSpan.FromSeconds(5));
        var late = await AdmitOneAsync(grain);
        var full = await AdmitOneAsync(grain);

        Assert.Equal((ErrorCode.TooManyOpenReplies, null, ErrorCode.TooManyOpenReplies), (early.Code, late.Code, full.Code));
    }

    [Fact]
    public async Task AdmitAsync_ThirtyInAMinute_IsRefusedWithTheTimeUntilTheNextPermit()
    {
        var grain = _cluster.Account(await _cluster.CreateGuestAsync());
        for (var i = 0; i < 30; i++)
        {
            var reply = ReplyId.New(_cluster.Time);
            Assert.Null((await grain.AdmitAsync([reply], Cancellation)).Refusal);
            await grain.ReplyEndedAsync([reply], Cancellation);
        }

        _cluster.Time.Advance(TimeSpan.FromSeconds(20));
        var refused = (await grain.AdmitAsync([ReplyId.New(_cluster.Time)], Cancellation)).Refusal;
        _cluster.Time.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal((ErrorCode.RateLimited, TimeSpan.FromSeconds(40)), (refused?.Code, refused?.RetryAfter));
        Assert.Null((await AdmitOneAsync(grain)).Code);
    }

    private async Task<(ErrorCode? Code, int Priority)> AdmitOneAsync(IAccountGrain grain)
    {
        var admission = await grain.AdmitAsync([ReplyId.New(_cluster.Time)], Cancellation);
        return (admission.Refusal?.Code, admission.Priority);
    }

    private static Statement Persona(string slug, bool active) => new(
        """
        insert into personas (id, slug, name, title, category, short_bio, avatar_url, greeting, starters, languages, is_featured, is_active,
            sort_order, system_prompt, voice, created_at, updated_at)
        values (@slug, @slug, 'n', 't', 'c', 'b', 'a', 'g', '[]', '[]', false, @active, 1, 's', '{}', 1, 1)
        """,
        ("slug", slug),
        ("active", active));
}
