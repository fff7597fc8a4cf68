using System.Collections.Concurrent;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Gateway.Sessions;
using JubileeVerse.Gateway.Sessions.Stores;
using Microsoft.AspNetCore.Authentication;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>A session store in memory that can be unavailable.</summary>
internal sealed class FakeSessionStore : ISessionStore
{
    private readonly ConcurrentDictionary<string, byte[]> _sessions = new();

    public bool IsUnavailable { get; set; }

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = SessionKey.New();
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) => DoAsync(() => _sessions[key] = TicketBytes.Serialize(ticket));

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => FindAsync(key, CancellationToken.None);

    public Task<AuthenticationTicket?> FindAsync(string key, CancellationToken cancellationToken) =>
        DoAsync(() => _sessions.TryGetValue(key, out var stored) ? TicketBytes.Deserialize(stored, key) : null);

    public Task RemoveAsync(string key) => DoAsync(() => _sessions.TryRemove(key, out _));

    public Task RemoveAllAsync(UserId userId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task EnsureReachableAsync(CancellationToken cancellationToken) => DoAsync(() => true);

    private Task<T> DoAsync<T>(Func<T> action) =>
        IsUnavailable
            ? Task.FromException<T>(new JubileeException(ErrorCode.Unavailable, "Sessions are unavailable."))
            : Task.FromResult(action());
}
