using JubileeVerse.Conversations;
using JubileeVerse.Conversations.Store;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class PromptHistoryTests
{
    [Fact]
    public void UpTo_LaterPostsAndReplies_AreOmitted()
    {
        var history = new PromptHistory([Post(1, "a"), Post(2, "b"), Reply(3, 1, "to a"), Post(4, "c"), Reply(5, 2, "to b")]);

        Assert.Equal(["a", "to a", "b"], history.UpTo(2, 10).Select(message => message.Content));
    }

    [Fact]
    public void UpTo_MoreThanMaxMessages_ReturnsTheNewest()
    {
        var history = new PromptHistory(Enumerable.Range(1, 500).Select(seq => Post(seq, $"post {seq}")));

        var messages = history.UpTo(500, 1000);

        Assert.Equal(PromptHistory.MaxMessages, messages.Length);
        Assert.Equal("post 500", messages[^1].Content);
    }

    [Fact]
    public void Contains_EvictedMessage_IsFalse()
    {
        var history = new PromptHistory(Enumerable.Range(1, 500).Select(seq => Post(seq, $"post {seq}")));

        Assert.False(history.Contains(1));
        Assert.True(history.Contains(500));
    }

    [Fact]
    public void UpTo_LongMessages_StayWithinTheBound()
    {
        var history = new PromptHistory(Enumerable.Range(1, 100).Select(seq => Post(seq, new string('x', 8000))));

        Assert.InRange(history.UpTo(100, 1000).Sum(message => message.Content.Length), 8000, 128 * 1024);
    }

    private static PromptMessageRow Post(long seq, string text) => new() { Role = "user", Content = text, Seq = seq, TurnSeq = seq };

    private static PromptMessageRow Reply(long seq, long turn, string text) =>
        new() { Role = "assistant", PersonaId = "01890a5d-ac96-774b-bcce-b302099a8057", Content = text, Seq = seq, TurnSeq = turn };
}
