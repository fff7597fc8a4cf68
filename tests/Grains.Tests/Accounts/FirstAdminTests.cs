using JubileeVerse.Accounts;
using JubileeVerse.Paging;
using JubileeVerse.Testing.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Accounts;

/// <summary>Each test has its own store, because the tests cover the first start of a deployment.</summary>
public sealed class FirstAdminTests : IAsyncLifetime
{
    private const string Email = "boss@example.org";
    private const string Password = "Correct-Horse-1";

    private readonly SqliteStore _store = new();
    private readonly FakeLogger<FirstAdmin> _logger = new();
    private readonly PasswordHashing _passwords = new(Options.Create(new PasswordHasherOptions { IterationCount = 1 }));

    private IAccountStore Accounts => new SqlAccountStore(_store.Database, _store.Writes, TimeProvider.System);

    public ValueTask InitializeAsync() => _store.InitializeAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task StartAsync_Configured_CreatesAnAdminWhoCanSignIn()
    {
        await StartAsync(new AdminOptions { Email = Email, Password = Password });

        var admin = Assert.Single(await AllAsync());
        Assert.Equal((Email, UserRole.Admin), (admin.Email, admin.Role));
        var account = await Accounts.FindByEmailAsync(Email, TestContext.Current.CancellationToken);
        Assert.True(await _passwords.VerifyAsync(account!.PasswordHash, Password));
    }

    [Fact]
    public async Task StartAsync_Again_ChangesNothing()
    {
        await StartAsync(new AdminOptions { Email = Email, Password = Password });
        await StartAsync(new AdminOptions { Email = Email, Password = "Another-Horse-2" });

        Assert.Single(await AllAsync());
        var account = await Accounts.FindByEmailAsync(Email, TestContext.Current.CancellationToken);
        Assert.True(await _passwords.VerifyAsync(account!.PasswordHash, Password));
    }

    [Fact]
    public async Task StartAsync_SeveralSilosAtOnce_CreatesOneAdmin()
    {
        var options = new AdminOptions { Email = Email, Password = Password };

        await Task.WhenAll(StartAsync(options), StartAsync(options), StartAsync(options));

        Assert.Single(await AllAsync());
    }

    [Fact]
    public async Task StartAsync_EmailOfAnOrdinaryUser_DoesNotPromoteThem()
    {
        await StartAsync(new AdminOptions { Email = Email, Password = Password });
        var account = await Accounts.FindByEmailAsync(Email, TestContext.Current.CancellationToken);
        await Accounts.SaveAsync(account! with { Role = UserRole.User }, TestContext.Current.CancellationToken);

        await StartAsync(new AdminOptions { Email = Email, Password = Password });

        Assert.Equal(UserRole.User, Assert.Single(await AllAsync()).Role);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task StartAsync_NothingConfigured_CreatesNoUser(string? nothing)
    {
        var options = new AdminOptions { Email = nothing, Password = nothing };

        Assert.True(new AdminOptionsValidator().Validate(null, options).Succeeded);
        await StartAsync(options);

        Assert.Empty(await AllAsync());
    }

    [Fact]
    public async Task StartAsync_GenerateWhenMissing_LogsAWorkingPasswordAtTheFirstStartOnly()
    {
        await StartAsync(new AdminOptions { GenerateWhenMissing = true });
        await StartAsync(new AdminOptions { GenerateWhenMissing = true });

        Assert.Equal(FirstAdmin.GeneratedEmail, Assert.Single(await AllAsync()).Email);
        var record = Assert.Single(_logger.Collector.GetSnapshot());
        var password = record.StructuredState!.Single(pair => pair.Key == "Password").Value!;
        var account = await Accounts.FindByEmailAsync(FirstAdmin.GeneratedEmail, TestContext.Current.CancellationToken);
        Assert.Equal(password, AccountRules.Password(password));
        Assert.True(await _passwords.VerifyAsync(account!.PasswordHash, password));
    }

    [Theory]
    [InlineData("boss@example.org", null, "JubileeVerse:Admin:Password")]
    [InlineData(null, "Correct-Horse-1", "JubileeVerse:Admin:Email")]
    [InlineData("boss@example.org", "s3cret", "JubileeVerse:Admin:Password")]
    public void Validate_IncompleteOrWeak_NamesTheKeyAndHidesThePassword(string? email, string? password, string key)
    {
        var options = new AdminOptions { Email = email, Password = password };

        var failure = Assert.Single(new AdminOptionsValidator().Validate(null, options).Failures!);

        Assert.Contains(key, failure);
        if (password is not null)
            Assert.DoesNotContain(password, failure);
    }

    private Task StartAsync(AdminOptions options) =>
        new FirstAdmin(Accounts, _passwords, Options.Create(options), TimeProvider.System, _logger)
            .StartAsync(TestContext.Current.CancellationToken);

    private async Task<IEnumerable<User>> AllAsync() =>
        (await Accounts.SearchAsync(null, new PageRequest(), TestContext.Current.CancellationToken)).Items;
}
