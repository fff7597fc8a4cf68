using JubileeVerse.Gateway.Sessions.Stores;
using JubileeVerse.Gateway.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Gateway.Tests.EndToEnd.Servers;

/// <summary>A server whose session store can be made unavailable.</summary>
public sealed class SessionOutageServer : StandaloneServer
{
    private readonly FakeSessionStore _sessions = new();

    public bool AreSessionsUnavailable
    {
        get => _sessions.IsUnavailable;
        set => _sessions.IsUnavailable = value;
    }

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<ISessionStore>(_sessions);
}
