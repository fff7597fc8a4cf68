using System.Collections.Immutable;

namespace JubileeVerse.Replies.Providers;

/// <summary>The models of this silo. Replace it to answer with a scripted one.</summary>
public interface IChatModelSource
{
    /// <summary>At least one, in order of preference; the same ones each time.</summary>
    ImmutableArray<ChatModel> Models { get; }
}
