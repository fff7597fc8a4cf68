using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Gateway.Realtime.Replies;

/// <summary>
/// What a reader must receive so that it has what the reply's state has. The parts are sent in the order of the parameters. A difference
/// is a pure function of a reader and a state; <see cref="ReplyEventCache"/> creates its events.
/// </summary>
/// <remarks>
/// Example: the reader has "Hel" of run 7, and the state is the completed run 7 with "Hello". The difference is
/// <see cref="ReplyTextCase.SameRun"/> from (7, 3) to (7, 5) and the end: the events are a delta "lo" and the end. A reader that had text
/// of run 6 would receive the start of run 7, a delta "Hello" and the end.
/// </remarks>
/// <param name="Queued">The queue position; null when the reader has it, or it no longer matters.</param>
/// <param name="From">The text that the reader has.</param>
/// <param name="To">The text that the reader has afterwards.</param>
/// <param name="Retrying">The retry after the failed run's text; null when there is none, or the reader knows it.</param>
/// <param name="End">The end; null while the reply is open.</param>
internal readonly record struct ReplyDiff(
    ReplyQueued? Queued, ReplyTextCase Text, ReplyCursor From, ReplyCursor To, ReplyRetrying? Retrying, DurableFrame? End)
{
    public static ReplyDiff Between(ReplyReader reader, in ReplyState state)
    {
        var text = CompareText(reader, state);
        var to = text == ReplyTextCase.Ahead ? reader.Cursor : state.TextEnd;
        return new ReplyDiff(FindQueued(reader, state), text, reader.Cursor, to, FindRetrying(reader, to, state), state.End);
    }

    /// <summary>The first condition that applies decides.</summary>
    private static ReplyTextCase CompareText(ReplyReader reader, in ReplyState state)
    {
        var (from, to) = (reader.Cursor, state.TextEnd);
        var isFirstRead = !reader.HasStarted;
        var isAhead = from.Run > to.Run || (from.Run == to.Run && from.TextOffset > to.TextOffset);
        var canContinue = state.CanResumeAt(from);
        return state switch
        {
            { End: null } when isAhead => ReplyTextCase.Ahead,
            { Run: > 0 } when isFirstRead && reader.ReadsFromStart => ReplyTextCase.FromStart,
            _ when isAhead => ReplyTextCase.AheadOfTheEnd,
            { End: not null } when isFirstRead && !reader.ReadsFromStart && !(reader.FollowsChannel && canContinue) =>
                ReplyTextCase.AfterTheEnd,
            { IsWaiting: true, Queued: null } when isFirstRead && reader.FollowsChannel => ReplyTextCase.NothingKnown,
            _ when from == to => ReplyTextCase.UpToDate,
            _ when canContinue => ReplyTextCase.SameRun,
            _ when isFirstRead => ReplyTextCase.Joined,
            _ => ReplyTextCase.NewRun,
        };
    }

    /// <summary>
    /// Returns the queue position while the reply waits. A reader from the start receives it once also when the reply has started or
    /// ended before its first read.
    /// </summary>
    private static ReplyQueued? FindQueued(ReplyReader reader, in ReplyState state)
    {
        var readsFromStart = reader is { ReadsFromStart: true, HasStarted: false };
        var queued = state.Queued ?? (readsFromStart ? reader.FirstQueued : null);
        return queued != reader.Queued && (state.IsWaiting || readsFromStart) ? queued : null;
    }

    /// <summary>
    /// Returns the retry until the next run begins; not for a reader that knows the next run from another gateway.
    /// </summary>
    private static ReplyRetrying? FindRetrying(ReplyReader reader, ReplyCursor to, in ReplyState state)
    {
        var isPending = state.End is null && state.RetriedRun == state.Run && to.Run <= state.Run;
        return isPending && reader.Retrying != state.Retrying ? state.Retrying : null;
    }
}
