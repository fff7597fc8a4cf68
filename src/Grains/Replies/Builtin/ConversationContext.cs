using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Builtin;

/// <summary>The analysis of a conversation: the newest message and the earlier messages that it refers to.</summary>
internal sealed class ConversationContext
{
    private static readonly string[] ReferringWords = ["you", "i", "it", "that", "this", "they", "he", "she", "them"];

    public ConversationContext(IReadOnlyList<ChatMessage> conversation)
    {
        Messages = [.. conversation.Where(message => message.Role != ChatRole.System)];
        Replies = [.. Messages.Where(message => message.Role == ChatRole.Assistant).Select(message => message.Text)];
        var asked = Messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text).ToList();
        NewestMessage = asked.LastOrDefault("");
        Reading = MessageReader.Read(NewestMessage);

        var before = asked.SkipLast(1).Select(MessageReader.Read).Reverse().ToList();

        // A follow-up such as "yes" or "why?" has the subject of the message before it.
        Subject = Reading.IsFollowUp ? before.FirstOrDefault(reading => !reading.IsFollowUp) ?? Reading : Reading;

        // So does a question such as "and what would you do?".
        var isReference = Subject.Intent == Intent.Question && ReferringWords.Any(Subject.Words.Contains);
        Topic = Subject.Topic ?? (isReference ? before.FirstOrDefault(reading => reading.Topic is not null)?.Topic : null);
        EarlierTopic = before
            .Select(reading => reading.Topic)
            .FirstOrDefault(topic => topic is not null && topic != Topic && !TopicFinder.IsDay(topic));
        if (EarlierTopic is not null && Replies.Count > 0 && Replies[^1].Contains(EarlierTopic, StringComparison.OrdinalIgnoreCase))
            EarlierTopic = null;
    }

    /// <summary>All messages except system messages.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    public IReadOnlyList<string> Replies { get; }

    public string NewestMessage { get; }

    public MessageReading Reading { get; }

    /// <summary>The newest message, or for a follow-up the last message that is not one.</summary>
    public MessageReading Subject { get; }

    public string? Topic { get; }

    /// <summary>The topic of an earlier message that the last reply does not name.</summary>
    public string? EarlierTopic { get; }
}
