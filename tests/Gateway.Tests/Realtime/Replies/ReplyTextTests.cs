using CsCheck;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Testing.Merging;

namespace JubileeVerse.Gateway.Tests.Realtime.Replies;

public sealed class ReplyTextTests
{
    private const string Whole = "The morning star \ud83c\udf1f rises over \ud83c\udf0d and nobody is late.";

    public static TheoryData<string> MergeCaseNames => [.. MergeCases.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(MergeCaseNames))]
    public void Merge_SharedCase_HasTheExpectedResult(string name)
    {
        var item = MergeCases.Get(name);
        var text = new ReplyText();
        if (item.Before is { } before)
            text.Append(before.Run, 0, before.Text);

        var merge = item.Frame.Kind switch
        {
            "start" => text.Start(item.Frame.Run),
            "delta" => text.Append(item.Frame.Run, item.Frame.TextOffset, item.Frame.Text),
            _ => text.Replace(item.Frame.Run, item.Frame.Text),
        };

        var after = text.Slice(0, text.Length);
        var outcome = merge switch
        {
            TextMergeResult.Applied => item.Applied(after),
            TextMergeResult.Gap => "gap",
            _ => "ignored",
        };
        var expected = item.Gateway ?? item.Expected;
        Assert.Equal((expected.Outcome, expected.Run ?? 0, expected.Text), (outcome, text.Run, after));
    }

    [Fact]
    public void Append_InOrder_ExtendsTheText()
    {
        var text = new ReplyText();

        Assert.Equal(TextMergeResult.Applied, text.Append(1, 0, "Hel"));
        Assert.Equal(TextMergeResult.Applied, text.Append(1, 3, "lo"));
        Assert.Equal("Hello", text.Slice(0, text.Length));
    }

    [Fact]
    public void Append_Overlapping_IsTrimmed()
    {
        var text = With(1, "Hello");

        Assert.Equal(TextMergeResult.Applied, text.Append(1, 3, "lo, you"));
        Assert.Equal(TextMergeResult.Ignored, text.Append(1, 0, "Hello"));
        Assert.Equal("Hello, you", text.Slice(0, text.Length));
    }

    [Fact]
    public void Append_AfterMissingText_IsAGap()
    {
        var text = With(1, "Hel");

        Assert.Equal(TextMergeResult.Gap, text.Append(1, 5, "!"));
        Assert.Equal(3, text.Length);
    }

    [Fact]
    public void Append_LaterRunAfterMissingText_ChangesNothing()
    {
        var text = With(1, "old");

        Assert.Equal(TextMergeResult.Gap, text.Append(2, 3, "new"));
        Assert.Equal((1L, "old"), (text.Run, text.Slice(0, text.Length)));
    }

    [Fact]
    public void Append_EarlierRun_IsIgnored()
    {
        var text = With(2, "new");

        Assert.Equal(TextMergeResult.Ignored, text.Append(1, 3, "old"));
        Assert.Equal("new", text.Slice(0, text.Length));
    }

    [Fact]
    public void Append_LaterRun_RestartsTheText()
    {
        var text = With(1, "old and long");

        Assert.Equal(TextMergeResult.Applied, text.Append(2, 0, "new"));
        Assert.Equal((2L, "new"), (text.Run, text.Slice(0, text.Length)));
    }

    [Fact]
    public void Replace_ShorterTextOfTheSameRun_IsIgnored()
    {
        var text = With(1, "Hello, you");

        Assert.Equal(TextMergeResult.Ignored, text.Replace(1, "Hello"));
        Assert.Equal(TextMergeResult.Applied, text.Replace(1, "Hello, you there"));
        Assert.Equal(16, text.Length);
    }

    [Fact]
    public void Readable_HalfASurrogatePairAtTheEnd_ExcludesIt()
    {
        var text = With(1, "a\ud83c");

        Assert.Equal(1, text.Readable.Length);
        text.Append(1, 2, "\udf1f");
        Assert.Equal(3, text.Readable.Length);
    }

    [Fact]
    public void Readable_TakenBeforeTheTextChanges_KeepsItsContent()
    {
        var text = With(1, "Hel");
        var readable = text.Readable;

        text.Append(1, 3, "lo");
        text.Append(2, 0, "Anew");

        Assert.Equal("Hel", readable.ToString());
    }

    [Fact]
    public void Append_AnyDeltasInAnyOrder_HoldsAPrefixOfTheText()
    {
        var piece = Gen.Select(Gen.Int[0, Whole.Length], Gen.Int[0, 12]);
        piece.Array[0, 40].Sample(pieces =>
        {
            var text = new ReplyText();
            var covered = 0;
            foreach (var (offset, length) in pieces)
            {
                var end = Math.Min(Whole.Length, offset + length);
                var merge = text.Append(1, offset, Whole.AsSpan(offset, end - offset));
                if (offset > covered)
                {
                    Assert.Equal(TextMergeResult.Gap, merge);
                    continue;
                }

                covered = Math.Max(covered, end);
                Assert.NotEqual(TextMergeResult.Gap, merge);
            }

            Assert.Equal(Whole[..covered], text.Slice(0, text.Length));
            Assert.False(text.Readable.Length > 0 && char.IsHighSurrogate(Whole[text.Readable.Length - 1]));
        });
    }

    [Fact]
    public void Merge_AnyRunsInAnyOrder_KeepsTheHighestRun()
    {
        var step = Gen.Select(Gen.Long[1, 5], Gen.Int[0, Whole.Length], Gen.Bool);
        step.Array[1, 40].Sample(steps =>
        {
            var text = new ReplyText();
            foreach (var (run, length, isSnapshot) in steps)
            {
                var before = text.Run;
                if (isSnapshot)
                    text.Replace(run, Whole.AsSpan(0, length));
                else
                    text.Append(run, 0, Whole.AsSpan(0, length));
                Assert.Equal(Math.Max(before, run), text.Run);
                Assert.Equal(Whole[..text.Length], text.Slice(0, text.Length));
            }
        });
    }

    private static ReplyText With(long run, string content)
    {
        var text = new ReplyText();
        text.Append(run, 0, content);
        return text;
    }
}
