using CsCheck;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Replies;
using JubileeVerse.Testing.Merging;

namespace JubileeVerse.Grains.Tests.Conversations;

public sealed class ReplyProgressTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly JobLease First = new(1, 1);
    private static readonly JobLease Second = new(1, 2);

    private readonly ReplyProgress _progress = new(new OpenReply(
        new ReplyId(Guid.AllBitsSet),
        new ConversationId(Guid.AllBitsSet),
        new MessageId(Guid.AllBitsSet),
        1,
        1,
        new PersonaId(Guid.AllBitsSet),
        null,
        null,
        Now,
        null));

    public static TheoryData<string> MergeCaseNames =>
        [.. MergeCases.All.Where(item => item.Frame.Kind != "snapshot").Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(MergeCaseNames))]
    public void Merge_SharedCase_HasTheExpectedResult(string name)
    {
        var item = MergeCases.Get(name);
        if (item.Before is { } before)
        {
            _progress.TryBegin(JobLease.FromRun(before.Run), 1, Now);
            _progress.Append(JobLease.FromRun(before.Run), 0, before.Text, Now);
        }

        var outcome = item.Frame.Kind == "start" ? Begin(item.Frame) : Append(item);

        var expected = item.Grain ?? item.Expected;
        Assert.Equal((expected.Outcome, expected.Run, expected.Text), (outcome, _progress.Lease?.Run, _progress.Text));
    }

    [Fact]
    public void Append_TextAtTheCurrentLength_IsAddedWhole()
    {
        _progress.TryBegin(First, 1, Now);

        Assert.Equal("Hello", _progress.Append(First, 0, "Hello", Now));
        Assert.Equal(", you", _progress.Append(First, 5, ", you", Now));
        Assert.Equal("Hello, you", _progress.Text);
    }

    [Fact]
    public void Append_TextThatOverlaps_AddsOnlyWhatIsNew()
    {
        _progress.TryBegin(First, 1, Now);
        _progress.Append(First, 0, "Hello", Now);

        Assert.Equal(" you", _progress.Append(First, 3, "lo you", Now));
        Assert.Equal("Hello you", _progress.Text);
    }

    [Fact]
    public void Append_TextBehindAGap_AddsNothingAndKeepsTheLength()
    {
        _progress.TryBegin(First, 1, Now);
        _progress.Append(First, 0, "Hello", Now);

        Assert.Equal("", _progress.Append(First, 9, "later", Now));
        Assert.Equal(5, _progress.Length);
    }

    [Fact]
    public void Append_EarlierRun_IsRejected()
    {
        _progress.TryBegin(Second, 2, Now);

        Assert.Null(_progress.Append(First, 0, "woke up", Now));
        Assert.Equal("", _progress.Text);
    }

    [Fact]
    public void Append_NoKnownRun_AdoptsTheRunAndRequestsTheBeginning()
    {
        Assert.Equal("", _progress.Append(First, 40, "the end of it", Now));

        Assert.Equal(First, _progress.Lease);
        Assert.Equal(0, _progress.Length);
    }

    [Fact]
    public void Append_WhileTheEndIsCommitted_AddsNothing()
    {
        _progress.TryBegin(First, 1, Now);
        _progress.IsEnding = true;

        Assert.Equal("", _progress.Append(First, 0, "too late", Now));
        Assert.Equal(0, _progress.Length);
    }

    [Fact]
    public void TryBegin_LaterRun_RestartsTheText()
    {
        _progress.TryBegin(First, 1, Now);
        _progress.Append(First, 0, "half an ans", Now);

        Assert.True(_progress.TryBegin(Second, 2, Now));
        Assert.Equal("", _progress.Text);
        Assert.False(_progress.TryBegin(First, 1, Now));
    }

    /// <summary>However pieces are cut and repeated, a worker that continues from the returned length ends with its own text.</summary>
    [Fact]
    public void Append_AnyCutsAndRepeats_RebuildsTheText() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 200], Gen.Int[0, 300].Array[1, 60]).Sample((text, jumps) =>
        {
            var progress = new ReplyProgress(_progress.Reply);
            var sent = 0;
            foreach (var jump in jumps)
            {
                var from = Math.Min(sent, jump % (text.Length + 1));
                var piece = text[from..Math.Min(text.Length, from + (jump / 3) + 1)];
                Assert.NotNull(progress.Append(First, from, piece, Now));
                sent = progress.Length;
                Assert.Equal(text[..sent], progress.Text);
            }

            Assert.NotNull(progress.Append(First, progress.Length, text[progress.Length..], Now));
            return progress.Text == text;
        });

    private string Begin(MergeFrame frame) => _progress.TryBegin(JobLease.FromRun(frame.Run), 1, Now) ? "applied" : "refused";

    private string Append(MergeCase item) =>
        _progress.Append(JobLease.FromRun(item.Frame.Run), item.Frame.TextOffset, item.Frame.Text, Now) switch
        {
            null => "refused",
            "" => _progress.Length < item.Frame.TextOffset ? "gap" : "ignored",
            _ => item.Applied(_progress.Text),
        };
}
