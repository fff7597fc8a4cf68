using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests;

/// <summary>What must hold of a conversation when all of its replies have ended, whatever has happened to the server meanwhile.</summary>
internal static class AnsweredTurns
{
    /// <summary>Waits for the replies' ends, then: each message has exactly one whole answer, in the messages' order, with no gap.</summary>
    public static async Task ShouldBeWholeAsync(
        ApiClient client, string conversationId, IReadOnlyCollection<PostedTurn> turns, CancellationToken cancellationToken)
    {
        var replies = new Dictionary<string, ApiReply>();
        foreach (var turn in turns)
            replies.Add(turn.Message.Id, await client.EndOfAsync(turn.ReplyId, cancellationToken));
        Assert.All(replies.Values, reply => Assert.Equal("completed", reply.Status));

        var messages = await client.MessagesAsync(conversationId, cancellationToken);
        Assert.Equal(Enumerable.Range(1, turns.Count * 2).Select(seq => (long)seq), messages.Select(message => message.Seq));

        var questions = messages.Where(message => !message.IsAnswer).Select(message => message.Id);
        var answers = messages.Where(message => message.IsAnswer).ToList();
        Assert.Equal(questions, answers.Select(answer => answer.InReplyTo));
        Assert.Equal(turns.OrderBy(turn => turn.Message.Seq).Select(turn => turn.Message.Content), messages.Where(m => !m.IsAnswer).Select(m => m.Content));
        Assert.All(answers, answer =>
        {
            var reply = replies[answer.InReplyTo!];
            Assert.Equal(reply.Id, answer.ReplyId);
            Assert.Equal(reply.Text, answer.Content);
            Assert.Equal("completed", answer.Status);
            Assert.NotEqual("", answer.Content);
        });
    }
}
