using System.Collections.Immutable;
using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Accounts.Responses;

/// <summary>A page of users, as returned to admins.</summary>
internal sealed record UserListResponse(ImmutableArray<User> Users, string? Next);
