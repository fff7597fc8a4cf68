using System.Collections.Immutable;
using JubileeVerse.Operations;

namespace JubileeVerse.Gateway.Operations;

internal sealed record AuditListResponse(ImmutableArray<AuditEntry> Entries, string? Next);
