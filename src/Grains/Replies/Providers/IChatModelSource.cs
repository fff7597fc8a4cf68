using System.Collections.Immutable;

namespace JubileeVerse.Replies.Providers;

/// <summary>The models of this silo. Tests replace it with scripted models.</summary>
public interface IChatModelSource
{
    /// <summary>At least one model, in order of preference. The list never changes.</summary>
    ImmutableArray<ChatModel> Models { get; }
}
