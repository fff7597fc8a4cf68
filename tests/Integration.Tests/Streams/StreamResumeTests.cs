using System.Net;
using JubileeVerse.Testing.Http;

namespace JubileeVerse.Integration.Tests.Streams;

public sealed class StreamResumeTests(SlowStandalone standalone) : BoundedTests, IClassFixture<SlowStandalone>
{
    [Fact]
    public async Task Stream_CutAndResumedSeveralTimes_YieldsTheStoredText()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "Tell me of rivers and of patience.", Deadline);

        var text = new StreamedText();
        for (var cut = 0; cut < 5; cut++)
            await ReadUntilLongerAsync(client, turn.ReplyId, text);
        await ReadToEndAsync(client, turn.ReplyId, text);

        Assert.Equal("ai-response-complete", text.End);
        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
        var stored = (await client.MessagesAsync(conversation, Deadline))[^1].Content;
        Assert.Equal(stored, text.EndText);
        Assert.Equal(stored, text.Text);
    }

    [Fact]
    public async Task Stream_TwoReaders_ReceiveTheSameText()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "Tell both of us the same.", Deadline);
        await client.UntilGeneratingAsync(turn.ReplyId, Deadline);

        StreamedText[] texts = [new(), new()];
        await Task.WhenAll(texts.Select(text => ReadToEndAsync(client, turn.ReplyId, text)));

        Assert.Equal(texts[0].EndText, texts[0].Text);
        Assert.Equal(texts[0].EndText, texts[1].Text);
    }

    [Fact]
    public async Task Stream_EndedReply_IsSnapshotAndEnd()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "Be brief, if you can.", Deadline);
        var reply = await client.EndOfAsync(turn.ReplyId, Deadline);

        var events = await client.StreamAsync(turn.ReplyId, null, Deadline).ToListAsync(Deadline);

        Assert.Equal(["snapshot", "ai-response-complete"], events.Select(item => item.Type));
        Assert.Equal(reply.Text, events[0].Frame.GetProperty("text").GetString());
        Assert.Equal(reply.Text, events[1].Frame.GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Stream_ResumedAfterTheEnd_IsNoContent()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "Is there anything after the end?", Deadline);
        await client.EndOfAsync(turn.ReplyId, Deadline);
        var events = await client.StreamAsync(turn.ReplyId, null, Deadline).ToListAsync(Deadline);

        using var again = await client.OpenStreamAsync(turn.ReplyId, events[^1].Id, Deadline);

        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task Stream_ReaderDisconnects_ReplyContinues()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "I shall hang up now.", Deadline);

        await ReadUntilLongerAsync(client, turn.ReplyId, new StreamedText());

        await TurnAssertions.ShouldBeCompleteAsync(client, conversation, [turn], Deadline);
    }

    [Fact]
    public async Task Cancel_ReplyIsGenerating_KeepsThePartialText()
    {
        using var client = await standalone.SignInAsync();
        var conversation = await client.StartConversationAsync(Deadline);
        var turn = await client.AskAsync(conversation, "Stop when I say so.", Deadline);
        var text = new StreamedText();
        var reading = ReadToEndAsync(client, turn.ReplyId, text);
        await client.UntilGeneratingAsync(turn.ReplyId, Deadline);

        var cancelled = await client.SendAsync(HttpMethod.Post, $"/api/replies/{turn.ReplyId}/cancel", null, Deadline);

        cancelled.ShouldBe(HttpStatusCode.OK);
        await reading;
        Assert.Equal("ai-response-cancelled", text.End);
        var stored = (await client.MessagesAsync(conversation, Deadline))[^1];
        Assert.Equal(("cancelled", text.EndText), (stored.Status, stored.Content));
        var again = await client.SendAsync(HttpMethod.Post, $"/api/replies/{turn.ReplyId}/cancel", null, Deadline);
        again.ShouldBe(HttpStatusCode.OK);
    }

    private async Task ReadUntilLongerAsync(ApiClient client, string replyId, StreamedText text)
    {
        var before = text.Text.Length;
        await foreach (var item in client.StreamAsync(replyId, text.LastEventId, Deadline))
        {
            text.Add(item);
            if (text.Text.Length > before)
                return;
        }
    }

    private async Task ReadToEndAsync(ApiClient client, string replyId, StreamedText text)
    {
        await foreach (var item in client.StreamAsync(replyId, text.LastEventId, Deadline))
            text.Add(item);
    }
}
