using System.Collections.Frozen;

namespace JubileeVerse.Replies.Builtin;

/// <summary>What could be made of a message without understanding it.</summary>
/// <param name="Intent">What it seems to want.</param>
/// <param name="Topic">What it speaks of, as it may be said back: <c>your garden</c>; null where nothing stands out.</param>
/// <param name="Mood">How the person seems to be.</param>
/// <param name="Feeling">The word of a feeling, where it names one.</param>
/// <param name="Words">Its words, and its pairs of words, in lower case.</param>
internal sealed record MessageReading(Intent Intent, string? Topic, Mood Mood, string? Feeling, FrozenSet<string> Words)
{
    public bool IsHeavy => Mood is Mood.Heavy or Mood.HeavyEvent or Mood.Grief;

    /// <summary>Says nothing by itself: it stands on what was said before.</summary>
    public bool IsFollowUp => Intent is Intent.Yes or Intent.No or Intent.Unsure or Intent.More;
}
