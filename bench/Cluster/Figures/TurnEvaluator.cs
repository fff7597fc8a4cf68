using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>Compares the frames that clients received, the stored messages and the output of the model.</summary>
internal static class TurnEvaluator
{
    private const string Completed = "ai-response-complete";

    public static IEnumerable<TurnEvaluation> Evaluate(SimulatedUser person, StoredConversation stored, ILookup<string, ModelCall> calls)
    {
        foreach (var turn in person.Turns)
        {
            var (verdict, detail) = Evaluate(turn, stored, calls);
            yield return new TurnEvaluation(turn, verdict, detail);
        }
    }

    private static (Verdict Verdict, string Detail) Evaluate(Turn turn, StoredConversation stored, ILookup<string, ModelCall> calls)
    {
        var messages = stored.Messages.Where(message => !message.IsReply && message.Content == turn.Content).ToList();
        if (messages.Count > 1)
            return (Verdict.Duplicated, $"the message is stored {messages.Count} times");
        if (messages.Count == 0)
            return turn.Accepted is null ? (Verdict.Refused, "") : (Verdict.Lost, "the message is not stored");
        if (turn.Accepted is null)
            return DecideUnconfirmed(messages[0], stored, calls, turn.Mark);

        var replyId = turn.Accepted.ReplyId;
        var replies = stored.Messages.Where(message => message.IsReply && message.ReplyId == replyId).ToList();
        if (replies.Count > 1)
            return (Verdict.Duplicated, $"reply {replyId} has {replies.Count} messages");
        if (replies.Count == 0)
            return DecideMissing(replyId, stored.Ends.GetValueOrDefault(replyId, "unknown"));
        return DecideText(turn, replies[0].Content, calls);
    }

    /// <summary>The message was stored, although the client received no response to the post. It must have a reply all the same.</summary>
    private static (Verdict Verdict, string Detail) DecideUnconfirmed(
        ApiMessage posted, StoredConversation stored, ILookup<string, ModelCall> calls, string mark)
    {
        var replies = stored.Messages.Where(message => message.IsReply && message.InReplyTo == posted.Id).ToList();
        return replies switch
        {
            [] => (Verdict.NeverEnded, $"message {posted.Id} was stored without a response to the client, and has no reply"),
            [var reply] when calls[mark].Any(call => call.Text == reply.Content) => (Verdict.RepliedOnce, ""),
            [var reply] => (Verdict.WrongText, $"stored: {reply.Content}"),
            _ => (Verdict.Duplicated, $"message {posted.Id} has {replies.Count} replies"),
        };
    }

    private static (Verdict Verdict, string Detail) DecideMissing(string replyId, string status) => status switch
    {
        "completed" => (Verdict.Lost, $"reply {replyId} is completed and has no message"),
        "failed" or "cancelled" => (Verdict.FailedOrCancelled, $"reply {replyId} is {status}"),
        _ => (Verdict.NeverEnded, $"reply {replyId} is {status}"),
    };

    private static (Verdict Verdict, string Detail) DecideText(Turn turn, string text, ILookup<string, ModelCall> calls)
    {
        if (calls[turn.Mark].All(call => call.Text != text))
        {
            var sent = string.Join("] [", calls[turn.Mark].Select(call => call.Text));
            return (Verdict.WrongText, $"the model sent [{sent}], stored is [{text}]");
        }

        if (turn.StreamFault is { } fault)
            return (Verdict.WrongText, $"stream of {turn.Accepted!.ReplyId}: {fault}");
        if (turn.EndedAt is null)
            return (Verdict.NeverEnded, $"the end of {turn.Accepted!.ReplyId} is stored but was not received");
        // A client that reconnected after the end received 204, which means that it had the whole reply.
        var isEndCorrect = turn.Stream.End is null
            ? turn.Stream.Text == text
            : turn.Stream is { End: Completed, EndText: { } end } && end == text;
        return isEndCorrect && turn.Stream.Text == text
            ? (Verdict.RepliedOnce, "")
            : (Verdict.WrongText,
                $"{turn.Stream.End}: streamed [{turn.Stream.Text}], final frame [{turn.Stream.EndText}], stored [{text}]");
    }
}
