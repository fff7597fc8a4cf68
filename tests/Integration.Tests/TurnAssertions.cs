using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests;

/// <summary>The invariants of a conversation after all its replies have ended, whatever happened to the server meanwhile.</summary>
internal static class TurnAssertions
{
    /// <summary>
    /// Waits until all replies have ended and asserts that each message has exactly one complete reply, in message order and without a gap.
    /// </summary>
    public static async Task ShouldBeCompleteAsync(
        ApiClient client, string conversationId, IReadOnlyCollection<PostedTurn> turns, CancellationToken cancellationToken)
    {
        var replies = new Dictionary<string, ApiReply>();
        foreach (var turn in turns)
            replies.Add(turn.Message.Id, await client.EndOfAsync(turn.ReplyId, cancellationToken));
        Assert.All(replies.Values, reply => Assert.Equal("completed", reply.Status));

        var messages = await client.MessagesAsync(conversationId, cancellationToken);
        Assert.Equal(Enumerable.Range(1, turns.Count * 2).Select(seq => (long)seq), messages.Select(message => message.Seq));

        var prompts = messages.Where(message => !message.IsReply).Select(message => message.Id);
        var replyMessages = messages.Where(message => message.IsReply).ToList();
        Assert.Equal(prompts, replyMessages.Select(message => message.InReplyTo));
        Assert.Equal(
            turns.OrderBy(turn => turn.Message.Seq).Select(turn => turn.Message.Content),
            messages.Where(m => !m.IsReply).Select(m => m.Content));
        Assert.All(replyMessages, message =>
        {
            var reply = replies[message.InReplyTo!];
            Assert.Equal(reply.Id, message.ReplyId);
            Assert.Equal(reply.Text, message.Content);
            Assert.Equal("completed", message.Status);
            Assert.NotEqual("", message.Content);
        });
    }
}
