using System.Collections.Immutable;
using JubileeVerse.Operations;

namespace JubileeVerse.Gateway.Operations;

internal sealed record AuditListAnswer(ImmutableArray<AuditEntry> Entries, string? Next);
