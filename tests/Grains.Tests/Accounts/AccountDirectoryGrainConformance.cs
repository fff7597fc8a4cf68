using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Paging;

namespace JubileeVerse.Grains.Tests.Accounts;

public abstract class AccountDirectoryGrainConformance<TCluster> : IClassFixture<TCluster>
    where TCluster : AccountCluster
{
    private readonly TCluster _cluster;

    protected AccountDirectoryGrainConformance(TCluster cluster)
    {
        _cluster = cluster;
        cluster.Store.SkipWhenMissing();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateGuestAsync_NoValues_CreatesAGuestWithDefaults()
    {
        var guest = await _cluster.Directory.CreateGuestAsync(UserId.New(_cluster.Time), null, null, Cancellation);

        Assert.Equal(new User(guest.Id, null, "Guest", UserRole.User, "free", "en", "jubilee", IsGuest: true, Disabled: false), guest);
        Assert.Equal(guest, await _cluster.Account(guest).GetAsync(Cancellation));
    }

    [Fact]
    public async Task RegisterAsync_NewPerson_CanSignInWithAnyCase()
    {
        var email = _cluster.NewEmail();
        var user = await _cluster.RegisterAsync(email);

        var result = await _cluster.Directory.SignInAsync(email.ToUpperInvariant(), AccountCluster.Password, Cancellation);

        Assert.Equal(user, result.User);
        Assert.Equal((email, false), (user.Email, user.IsGuest));
    }

    [Fact]
    public async Task RegisterAsync_TakenEmail_IsRefused()
    {
        var user = await _cluster.RegisterAsync();
        var command = new RegisterAccount(null, user.Email!.ToUpperInvariant(), AccountCluster.Password, "Eve", null);

        var result = await _cluster.Directory.RegisterAsync(command, Cancellation);

        Assert.Equal(ErrorCode.EmailTaken, result.Refusal?.Code);
    }

    [Fact]
    public async Task RegisterAsync_SameEmailManyTimesAtOnce_CreatesOneAccount()
    {
        var email = _cluster.NewEmail();
        var command = new RegisterAccount(null, email, AccountCluster.Password, "Ada", null);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _cluster.Directory.RegisterAsync(command, Cancellation)));

        Assert.Single(results, result => result.User is not null);
        Assert.All(results.Where(result => result.User is null), result => Assert.Equal(ErrorCode.EmailTaken, result.Refusal?.Code));
    }

    [Theory]
    [InlineData("nobody", AccountCluster.Password, "Ada", "email")]
    [InlineData("ada@example.org", "weak", "Ada", "password")]
    [InlineData("ada@example.org", AccountCluster.Password, "", "displayName")]
    public async Task RegisterAsync_BrokenRule_NamesTheField(string email, string password, string displayName, string field)
    {
        var command = new RegisterAccount(null, email, password, displayName, null);

        var thrown = await Assert.ThrowsAsync<JubileeException>(() => _cluster.Directory.RegisterAsync(command, Cancellation));

        Assert.Equal((ErrorCode.InvalidRequest, field), (thrown.Code, thrown.Field));
    }

    [Fact]
    public async Task RegisterAsync_Guest_KeepsTheId()
    {
        var guest = await _cluster.CreateGuestAsync();
        var command = new RegisterAccount(guest.Id, _cluster.NewEmail(), AccountCluster.Password, "Ada", "pt-BR");

        var user = (await _cluster.Directory.RegisterAsync(command, Cancellation)).User!;

        var expected = new User(guest.Id, command.Email, "Ada", UserRole.User, "free", "pt-BR", "jubilee", IsGuest: false, Disabled: false);
        Assert.Equal(expected, user);
        Assert.Equal(user, await _cluster.Account(guest).GetAsync(Cancellation));
        Assert.Equal(user, (await _cluster.Directory.SignInAsync(command.Email, AccountCluster.Password, Cancellation)).User);
    }

    [Fact]
    public async Task RegisterAsync_GuestWhoHasRegistered_IsRefused()
    {
        var guest = await _cluster.CreateGuestAsync();
        var command = new RegisterAccount(guest.Id, _cluster.NewEmail(), AccountCluster.Password, "Ada", null);
        await _cluster.Directory.RegisterAsync(command, Cancellation);

        var same = await _cluster.Directory.RegisterAsync(command, Cancellation);
        var other = await _cluster.Directory.RegisterAsync(command with { Email = _cluster.NewEmail() }, Cancellation);

        Assert.Equal(ErrorCode.AlreadySignedUp, same.Refusal?.Code);
        Assert.Equal(ErrorCode.AlreadySignedUp, other.Refusal?.Code);
    }

    [Fact]
    public async Task RegisterAsync_GuestTakingAnothersEmail_StaysAGuest()
    {
        var other = await _cluster.RegisterAsync();
        var guest = await _cluster.CreateGuestAsync();

        var result = await _cluster.Directory.RegisterAsync(
            new RegisterAccount(guest.Id, other.Email!, AccountCluster.Password, "Eve", null), Cancellation);

        Assert.Equal(ErrorCode.EmailTaken, result.Refusal?.Code);
        Assert.True((await _cluster.Account(guest).GetAsync(Cancellation)).IsGuest);
    }

    [Fact]
    public async Task SignInAsync_WrongPasswordOrUnknownEmail_AreIndistinguishable()
    {
        var user = await _cluster.RegisterAsync();

        var wrong = await _cluster.Directory.SignInAsync(user.Email!, "Wrong-Horse-1", Cancellation);
        var unknown = await _cluster.Directory.SignInAsync(_cluster.NewEmail(), "Wrong-Horse-1", Cancellation);
        var malformed = await _cluster.Directory.SignInAsync("a\0b", "Wrong-Horse-1", Cancellation);

        Assert.Equal(ErrorCode.InvalidCredentials, wrong.Refusal?.Code);
        Assert.Equal(wrong, unknown);
        Assert.Equal(wrong, malformed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignInAsync_TenFailures_LocksForTheWindowWhetherTheAccountExistsOrNot(bool exists)
    {
        var email = _cluster.NewEmail();
        if (exists)
            await _cluster.RegisterAsync(email);
        for (var i = 0; i < 10; i++)
        {
            var failed = await _cluster.Directory.SignInAsync(email, "Wrong-Horse-1", Cancellation);
            Assert.Equal(ErrorCode.InvalidCredentials, failed.Refusal?.Code);
        }

        var locked = (await _cluster.Directory.SignInAsync(email, AccountCluster.Password, Cancellation)).Refusal;
        _cluster.Time.Advance(TimeSpan.FromMinutes(15));
        var open = await _cluster.Directory.SignInAsync(email, AccountCluster.Password, Cancellation);

        Assert.Equal((ErrorCode.RateLimited, TimeSpan.FromMinutes(15)), (locked?.Code, locked?.RetryAfter));
        Assert.Equal(exists ? null : ErrorCode.InvalidCredentials, open.Refusal?.Code);
    }

    [Fact]
    public async Task SignInAsync_DisabledAccount_IsRefusedAsDisabledOnlyWithTheRightPassword()
    {
        var user = await _cluster.RegisterAsync();
        await _cluster.Account(user).AdministerAsync(new AccountChange(null, null, Disabled: true), Cancellation);

        var right = await _cluster.Directory.SignInAsync(user.Email!, AccountCluster.Password, Cancellation);
        var wrong = await _cluster.Directory.SignInAsync(user.Email!, "Wrong-Horse-1", Cancellation);

        Assert.Equal(ErrorCode.AccountDisabled, right.Refusal?.Code);
        Assert.Equal(ErrorCode.InvalidCredentials, wrong.Refusal?.Code);
    }

    [Fact]
    public async Task SearchAsync_PartOfNameOrEmail_PagesNewestFirst()
    {
        var mark = UserId.New(_cluster.Time).ToString();
        var created = new List<UserId>();
        for (var i = 0; i < 5; i++)
        {
            _cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
            created.Add((await _cluster.Directory.CreateGuestAsync(UserId.New(_cluster.Time), $"Änne {mark}", null, Cancellation)).Id);
        }

        var first = await _cluster.Directory.SearchAsync($"ÄNNE {mark[..30]}", new PageRequest(3), Cancellation);
        var second = await _cluster.Directory.SearchAsync($"änne {mark}", new PageRequest(3, first.Next), Cancellation);

        Assert.Equal(created.AsEnumerable().Reverse(), first.Items.Concat(second.Items).Select(user => user.Id));
        Assert.Null(second.Next);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("a\0")]
    public async Task SearchAsync_PatternCharacters_AreTakenLiterally(string text)
    {
        await _cluster.CreateGuestAsync();

        Assert.Empty((await _cluster.Directory.SearchAsync(text, new PageRequest(), Cancellation)).Items);
    }

    [Fact]
    public async Task SearchAsync_BadPage_NamesTheField()
    {
        var limit = await Assert.ThrowsAsync<JubileeException>(
            () => _cluster.Directory.SearchAsync(null, new PageRequest(101), Cancellation));
        var after = await Assert.ThrowsAsync<JubileeException>(
            () => _cluster.Directory.SearchAsync(null, new PageRequest(1, "x"), Cancellation));

        Assert.Equal(("limit", "after"), (limit.Field, after.Field));
    }
}
