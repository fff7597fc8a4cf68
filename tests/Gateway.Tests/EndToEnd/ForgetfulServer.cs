using JubileeVerse.Gateway.Accounts;
using JubileeVerse.Gateway.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd;

/// <summary>A server whose sessions can be out of reach.</summary>
public sealed class ForgetfulServer : StandaloneServer
{
    private readonly FakeSessionStore _sessions = new();

    public bool AreSessionsAway
    {
        get => _sessions.IsAway;
        set => _sessions.IsAway = value;
    }

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<ISessionStore>(_sessions);
}
