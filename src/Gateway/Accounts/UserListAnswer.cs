using System.Collections.Immutable;
using JubileeVerse.Accounts;

namespace JubileeVerse.Gateway.Accounts;

/// <summary>People as an admin sees them.</summary>
internal sealed record UserListAnswer(ImmutableArray<User> Users, string? Next);
