using JubileeVerse.Conversations;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class TurnOrderTests
{
    private const string Anna = "01890a5d-ac96-774b-bcce-b302099a8057";
    private const string Ben = "01890a5d-ac96-774b-bcce-b302099a8058";

    [Fact]
    public void Of_PostsBeforeTheirAnswers_PutsEachAnswerBehindItsMessage()
    {
        TurnRow[] rows = [Answer(5, 3, "c1"), Post(3, "c"), Answer(4, 1, "a1"), Post(1, "a")];

        Assert.Equal(["a", "a1", "c", "c1"], Said(rows, 10));
    }

    [Fact]
    public void Of_AnAnswerMadeAgain_KeepsTheNewestVariantOfEachPersona()
    {
        TurnRow[] rows = [Post(1, "a"), Answer(2, 1, "old", Anna), Answer(3, 1, "ben", Ben), Answer(4, 1, "new", Anna)];

        Assert.Equal(["a", "ben", "new"], Said(rows, 10));
    }

    [Fact]
    public void Of_MoreThanTheLimit_KeepsTheNewest()
    {
        TurnRow[] rows = [Post(1, "a"), Answer(2, 1, "a1"), Post(3, "b")];

        Assert.Equal(["a1", "b"], Said(rows, 2));
    }

    private static IEnumerable<string> Said(TurnRow[] rows, int limit) => TurnOrder.Of(rows, limit).Select(turn => turn.Content);

    private static TurnRow Post(long seq, string text) => new() { Role = "user", Content = text, Seq = seq, TurnSeq = seq };

    private static TurnRow Answer(long seq, long turn, string text, string persona = Anna) =>
        new() { Role = "assistant", PersonaId = persona, Content = text, Seq = seq, TurnSeq = turn };
}
