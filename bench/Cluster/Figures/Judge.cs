using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>Compares what clients saw, what is stored and what the model said.</summary>
internal static class Judge
{
    private const string Completed = "ai-response-complete";

    public static IEnumerable<Judgement> Decide(Person person, StoredConversation stored, ILookup<string, ModelCall> calls)
    {
        foreach (var turn in person.Turns)
        {
            var (verdict, detail) = Decide(turn, stored, calls);
            yield return new Judgement(turn, verdict, detail);
        }
    }

    private static (Verdict Verdict, string Detail) Decide(Turn turn, StoredConversation stored, ILookup<string, ModelCall> calls)
    {
        var questions = stored.Messages.Where(message => !message.IsAnswer && message.Content == turn.Content).ToList();
        if (questions.Count > 1)
            return (Verdict.Doubled, $"the question is there {questions.Count} times");
        if (questions.Count == 0)
            return turn.Accepted is null ? (Verdict.Refused, "") : (Verdict.Lost, "the question is not there");
        if (turn.Accepted is null)
            return DecideUnconfirmed(questions[0], stored, calls, turn.Mark);

        var replyId = turn.Accepted.ReplyId;
        var answers = stored.Messages.Where(message => message.IsAnswer && message.ReplyId == replyId).ToList();
        if (answers.Count > 1)
            return (Verdict.Doubled, $"reply {replyId} has {answers.Count} messages");
        if (answers.Count == 0)
            return DecideUnanswered(replyId, stored.Ends.GetValueOrDefault(replyId, "unknown"));
        return DecideText(turn, answers[0].Content, calls);
    }

    /// <summary>The post was kept, though none of its answers came through: it must have been answered all the same.</summary>
    private static (Verdict Verdict, string Detail) DecideUnconfirmed(
        ApiMessage question, StoredConversation stored, ILookup<string, ModelCall> calls, string mark)
    {
        var answers = stored.Messages.Where(message => message.IsAnswer && message.InReplyTo == question.Id).ToList();
        return answers switch
        {
            [] => (Verdict.NeverEnded, $"message {question.Id} was kept without the client knowing, and has no answer"),
            [var answer] when calls[mark].Any(call => call.Text == answer.Content) => (Verdict.AnsweredOnce, ""),
            [var answer] => (Verdict.WrongText, $"stored: {answer.Content}"),
            _ => (Verdict.Doubled, $"message {question.Id} has {answers.Count} answers"),
        };
    }

    private static (Verdict Verdict, string Detail) DecideUnanswered(string replyId, string status) => status switch
    {
        "completed" => (Verdict.Lost, $"reply {replyId} is completed and has no message"),
        "failed" or "cancelled" => (Verdict.EndedOtherwise, $"reply {replyId} is {status}"),
        _ => (Verdict.NeverEnded, $"reply {replyId} is {status}"),
    };

    private static (Verdict Verdict, string Detail) DecideText(Turn turn, string text, ILookup<string, ModelCall> calls)
    {
        if (calls[turn.Mark].All(call => call.Text != text))
            return (Verdict.WrongText, $"the model said [{string.Join("] [", calls[turn.Mark].Select(call => call.Text))}], stored is [{text}]");
        if (turn.StreamFault is { } fault)
            return (Verdict.WrongText, $"stream of {turn.Accepted!.ReplyId}: {fault}");
        if (turn.EndedAt is null)
            return (Verdict.NeverEnded, $"the end of {turn.Accepted!.ReplyId} is stored and was not told");
        // A client that came back after the end was told by 204 that it had all.
        var isTold = turn.Stream.End is null ? turn.Stream.Text == text : turn.Stream is { End: Completed, EndText: { } end } && end == text;
        return isTold && turn.Stream.Text == text
            ? (Verdict.AnsweredOnce, "")
            : (Verdict.WrongText, $"{turn.Stream.End}: streamed [{turn.Stream.Text}], told [{turn.Stream.EndText}], stored [{text}]");
    }
}
