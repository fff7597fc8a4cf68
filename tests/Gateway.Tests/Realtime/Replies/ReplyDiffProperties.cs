using CsCheck;
using JubileeVerse.Gateway.Realtime.Replies;
using JubileeVerse.Gateway.Tests.Realtime.Feeds;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Realtime.Replies;

/// <summary>
/// Whatever a reader has, and however the reply continues: applying the events of a difference to the reader's text gives the state's text,
/// and the reader's cursor is then the state's.
/// </summary>
public sealed class ReplyDiffProperties
{
    private const int Iterations = 2000;

    /// <summary>The whole text of each run; the index is the run, and run 0 is before the first one.</summary>
    private static readonly string[] Texts = ["", "One \ud83c\udf1f", "Two: \ud83c\udf0d\ud83c\udf0e and more", "Three", "Four is ahead"];

    private static readonly int MaxLength = Texts.Max(text => text.Length);

    /// <summary>The runs of a state. A reader may know one more, which has not arrived at this gateway.</summary>
    private static readonly long LastRun = Texts.Length - 2;

    private static readonly Gen<ReplyCursor?> Cursors =
        Gen.Select(Gen.Bool, Gen.Long[0, LastRun + 1], Gen.Int[0, MaxLength]).Select((isKnown, run, offset) =>
            isKnown ? new ReplyCursor(run, Math.Min(offset, Texts[run].Length), HasEnded: false) : (ReplyCursor?)null);

    private static readonly Gen<ReplyReader> Readers =
        Gen.Select(Cursors, Gen.Bool, Gen.Bool, Gen.Bool).Select((cursor, followsChannel, readsFromStart, hasFirstQueued) =>
            new ReplyReader(cursor)
            {
                FollowsChannel = followsChannel,
                // As its doc says, only a reader without a cursor reads from the start.
                ReadsFromStart = readsFromStart && cursor is null,
                FirstQueued = hasFirstQueued ? Frames.Queued(3) : null,
            });

    private static readonly Gen<ReplyState> Steps =
        Gen.Select(Gen.Long[0, LastRun], Gen.Int[0, MaxLength], Gen.Bool, Gen.Bool).Select(CreateState);

    private static readonly Gen<(ReplyReader Reader, ReplyState[] States)> Histories =
        Gen.Select(Readers, Steps.Array[1, 5], Gen.Int[0, 3]).Select((reader, steps, end) => (reader, CreateHistory(steps, end)));

    [Fact]
    public void Between_AnyReaderAndHistory_GivesTheReaderTheStatesText() => Histories.Sample(
        history =>
        {
            var (reader, states) = history;
            var events = new ReplyEventCache(Frames.Channel, Frames.Id);
            var has = (reader.Cursor.Run, Text: Texts[reader.Cursor.Run][..reader.Cursor.TextOffset]);
            foreach (var state in states)
            {
                var diff = ReplyDiff.Between(reader, state);
                var sent = events.Create(diff, state);
                var before = has;
                has = sent.Aggregate(has, (text, item) => Apply(text, item.Frame.Frame));
                reader.MovePast(diff);

                if (diff.Text == ReplyTextCase.Ahead)
                {
                    Assert.Null(state.End);
                    Assert.Equal(before, has);
                    Assert.True(IsAfter(reader.Cursor, state.TextEnd));
                    continue;
                }

                Assert.Equal((state.Run, state.Text.ToString()), has);
                Assert.Equal(state.TextEnd, reader.Cursor);
                Assert.Equal(state.End, sent.Select(item => item.Frame.Frame).OfType<DurableFrame>().SingleOrDefault());
                if (sent.LastOrDefault(item => item.Cursor is not null) is { } last)
                    Assert.Equal(state.TextEnd with { HasEnded = state.End is not null }, last.Cursor);
            }
        },
        iter: Iterations);

    [Fact]
    public void Between_StateThatHasBeenRead_IsEmpty() => Histories.Sample(
        history =>
        {
            var (reader, states) = history;
            foreach (var state in states.Where(state => state.End is null))
            {
                reader.MovePast(ReplyDiff.Between(reader, state));

                var again = ReplyDiff.Between(reader, state);
                Assert.Contains(again.Text, new[] { ReplyTextCase.UpToDate, ReplyTextCase.Ahead });
                Assert.Equal((null, null, null), (again.Queued, again.Retrying, again.End));
            }
        },
        iter: Iterations);

    private static ReplyState CreateState(long run, int length, bool isQueued, bool isRetrying)
    {
        var text = new ReplyText();
        text.Append(run, 0, Texts[run].AsSpan(0, Math.Min(length, Texts[run].Length)));
        return new ReplyState
        {
            Run = text.Run,
            Text = text.Readable,
            Attempt = (int)run,
            Status = run == 0 ? ReplyStatus.Queued : ReplyStatus.Generating,
            Queued = isQueued ? Frames.Queued(2) : null,
            Retrying = isRetrying && run > 0 ? Frames.Retrying((int)run + 1) : null,
            RetriedRun = run,
        };
    }

    /// <summary>The steps in the order in which a reply can have them, and its end as the last one.</summary>
    private static ReplyState[] CreateHistory(ReplyState[] steps, int end)
    {
        var history = steps.OrderBy(state => state.Run).ThenBy(state => state.Text.Length).ToArray();
        ref var last = ref history[^1];
        last = end switch
        {
            1 when last.Run > 0 => last with { Text = Texts[last.Run].AsMemory(), End = Frames.Completed(last.Run, Texts[last.Run]) },
            2 => last with { End = new ReplyCancelled(Frames.Channel, "e", 1, Frames.Id, "cancelled", last.Text.ToString()) },
            3 => last with { End = Frames.Failed() },
            _ => last,
        };
        return history;
    }

    private static bool IsAfter(ReplyCursor cursor, ReplyCursor other) =>
        cursor.Run > other.Run || (cursor.Run == other.Run && cursor.TextOffset > other.TextOffset);

    /// <summary>
    /// Applies a frame as a client that trusts it: no delta is trimmed, so each must continue exactly where the text ends.
    /// </summary>
    private static (long Run, string Text) Apply((long Run, string Text) has, Frame frame)
    {
        switch (frame)
        {
            case ReplyStarted started:
                return (started.Run, "");
            case ReplySnapshot snapshot:
                return (snapshot.Run, snapshot.Text);
            case ReplyDelta delta:
                Assert.Equal((has.Run, has.Text.Length), (delta.Run, delta.TextOffset));
                Assert.False(char.IsLowSurrogate(delta.Text[0]));
                Assert.False(char.IsHighSurrogate(delta.Text[^1]));
                return (has.Run, has.Text + delta.Text);
            default:
                return has;
        }
    }
}
