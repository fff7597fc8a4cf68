using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Builtin;

/// <summary>A conversation as far as it can be read: what was asked last and what it leans on.</summary>
internal sealed class Talk
{
    private static readonly string[] Leaning = ["you", "i", "it", "that", "this", "they", "he", "she", "them"];

    public Talk(IReadOnlyList<ChatMessage> conversation)
    {
        Said = [.. conversation.Where(message => message.Role != ChatRole.System)];
        Answers = [.. Said.Where(message => message.Role == ChatRole.Assistant).Select(message => message.Text)];
        var asked = Said.Where(message => message.Role == ChatRole.User).Select(message => message.Text).ToList();
        Newest = asked.LastOrDefault("");
        Reading = MessageReader.Read(Newest);

        var before = asked.SkipLast(1).Select(MessageReader.Read).Reverse().ToList();

        // "Yes" and "why?" still speak of what was spoken of before.
        Subject = Reading.IsFollowUp ? before.FirstOrDefault(reading => !reading.IsFollowUp) ?? Reading : Reading;

        // So does who says "and what would you do?".
        Topic = Subject.Topic ?? (Subject.Intent == Intent.Question && Leaning.Any(Subject.Words.Contains) ? before.FirstOrDefault(reading => reading.Topic is not null)?.Topic : null);
        Earlier = before.Select(reading => reading.Topic).FirstOrDefault(topic => topic is not null && topic != Topic && !TopicFinder.IsDay(topic));
        if (Earlier is not null && Answers.Count > 0 && Answers[^1].Contains(Earlier, StringComparison.OrdinalIgnoreCase))
            Earlier = null;
    }

    /// <summary>Everything but the system's words.</summary>
    public IReadOnlyList<ChatMessage> Said { get; }

    public IReadOnlyList<string> Answers { get; }

    public string Newest { get; }

    public MessageReading Reading { get; }

    /// <summary>The message that the newest one is about: itself, or for a "yes" the one before.</summary>
    public MessageReading Subject { get; }

    public string? Topic { get; }

    /// <summary>Another topic from before that the last answer did not name.</summary>
    public string? Earlier { get; }
}
