using JubileeVerse.Conversations;
using JubileeVerse.Conversations.Store;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class PromptMessageOrderTests
{
    private const string Anna = "01890a5d-ac96-774b-bcce-b302099a8057";
    private const string Ben = "01890a5d-ac96-774b-bcce-b302099a8058";

    [Fact]
    public void Sort_PostsBeforeTheirReplies_PutsEachReplyBehindItsMessage()
    {
        PromptMessageRow[] rows = [Reply(5, 3, "c1"), Post(3, "c"), Reply(4, 1, "a1"), Post(1, "a")];

        Assert.Equal(["a", "a1", "c", "c1"], Contents(rows, 10));
    }

    [Fact]
    public void Sort_RegeneratedReply_KeepsTheNewestVariantOfEachPersona()
    {
        PromptMessageRow[] rows = [Post(1, "a"), Reply(2, 1, "old", Anna), Reply(3, 1, "ben", Ben), Reply(4, 1, "new", Anna)];

        Assert.Equal(["a", "ben", "new"], Contents(rows, 10));
    }

    [Fact]
    public void Sort_MoreThanTheLimit_KeepsTheNewest()
    {
        PromptMessageRow[] rows = [Post(1, "a"), Reply(2, 1, "a1"), Post(3, "b")];

        Assert.Equal(["a1", "b"], Contents(rows, 2));
    }

    private static IEnumerable<string> Contents(PromptMessageRow[] rows, int limit) =>
        PromptMessageOrder.Sort(rows, limit).Select(message => message.Content);

    private static PromptMessageRow Post(long seq, string text) => new() { Role = "user", Content = text, Seq = seq, TurnSeq = seq };

    private static PromptMessageRow Reply(long seq, long turn, string text, string persona = Anna) =>
        new() { Role = "assistant", PersonaId = persona, Content = text, Seq = seq, TurnSeq = turn };
}
