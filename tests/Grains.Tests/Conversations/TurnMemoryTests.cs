using JubileeVerse.Conversations;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class TurnMemoryTests
{
    [Fact]
    public void UpTo_LaterPostsAndAnswers_AreLeftOut()
    {
        var memory = new TurnMemory([Post(1, "a"), Post(2, "b"), Answer(3, 1, "to a"), Post(4, "c"), Answer(5, 2, "to b")]);

        Assert.Equal(["a", "to a", "b"], memory.UpTo(2, 10).Select(turn => turn.Content));
    }

    [Fact]
    public void UpTo_MoreThanIsKept_HoldsTheNewest()
    {
        var memory = new TurnMemory(Enumerable.Range(1, 500).Select(seq => Post(seq, $"post {seq}")));

        var turns = memory.UpTo(500, 1000);

        Assert.Equal(TurnMemory.MaxMessages, turns.Length);
        Assert.Equal("post 500", turns[^1].Content);
    }

    [Fact]
    public void Reaches_AMessageThatHasFallenOut_IsFalse()
    {
        var memory = new TurnMemory(Enumerable.Range(1, 500).Select(seq => Post(seq, $"post {seq}")));

        Assert.False(memory.Reaches(1));
        Assert.True(memory.Reaches(500));
    }

    [Fact]
    public void UpTo_LongMessages_StayWithinTheBound()
    {
        var memory = new TurnMemory(Enumerable.Range(1, 100).Select(seq => Post(seq, new string('x', 8000))));

        Assert.InRange(memory.UpTo(100, 1000).Sum(turn => turn.Content.Length), 8000, 128 * 1024);
    }

    private static TurnRow Post(long seq, string text) => new() { Role = "user", Content = text, Seq = seq, TurnSeq = seq };

    private static TurnRow Answer(long seq, long turn, string text) =>
        new() { Role = "assistant", PersonaId = "01890a5d-ac96-774b-bcce-b302099a8057", Content = text, Seq = seq, TurnSeq = turn };
}
