using System.Collections.Frozen;

namespace JubileeVerse.Replies.Builtin;

/// <summary>The result of the lexical analysis of a message.</summary>
/// <param name="Topic">The topic as a reply can repeat it: <c>your garden</c>; null if there is none.</param>
/// <param name="Mood">The presumed mood of the user.</param>
/// <param name="Feeling">The word that names a feeling; null if there is none.</param>
/// <param name="Words">The words and pairs of words of the message, in lower case.</param>
internal sealed record MessageReading(Intent Intent, string? Topic, Mood Mood, string? Feeling, FrozenSet<string> Words)
{
    public bool IsHeavy => Mood is Mood.Heavy or Mood.HeavyEvent or Mood.Grief;

    /// <summary>True if the message has a meaning only together with an earlier one.</summary>
    public bool IsFollowUp => Intent is Intent.Yes or Intent.No or Intent.Unsure or Intent.More;
}
