using JubileeVerse.Personas;
using JubileeVerse.Replies.Builtin;
using JubileeVerse.Testing;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Grains.Tests.Replies;

public sealed class BuiltinChatClientTests
{
    private readonly WatchedTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_Pieces_AreTheWordsOfTheReplyThenUsageAndEnd()
    {
        var updates = await Client().GetStreamingResponseAsync(Prompt("Hello, who are you?"), Options("jubilee"), Token).ToListAsync(Token);

        var pieces = updates.SkipLast(1).Select(update => update.Text).ToList();
        Assert.All(pieces, piece => Assert.DoesNotContain(' ', piece.TrimEnd(' ')));
        Assert.Equal(BuiltinReplyWriter.Write(Speaker("jubilee"), Prompt("Hello, who are you?")), string.Concat(pieces));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        var usage = Assert.Single(updates[^1].Contents.OfType<UsageContent>()).Details;
        Assert.Equal((4L, (long)pieces.Count), (usage.InputTokenCount, usage.OutputTokenCount));
    }

    [Fact]
    public async Task Stream_WithADelay_PausesBetweenPiecesOnly()
    {
        var delay = TimeSpan.FromMilliseconds(25);
        await using var updates = new BuiltinChatClient(delay, _time)
            .GetStreamingResponseAsync(Prompt("Hello"), Options("jubilee"), Token).GetAsyncEnumerator(Token);

        Assert.True(await updates.MoveNextAsync());
        var second = updates.MoveNextAsync().AsTask();
        await _time.WhenArmedAsync(delay, Token);
        Assert.False(second.IsCompleted);
        _time.Advance(delay);

        Assert.True(await second);
    }

    [Fact]
    public async Task Stream_WithoutASpeaker_NamesWhatIsMissing()
    {
        var e = await Assert.ThrowsAsync<ArgumentException>(() => Client().GetResponseAsync(Prompt("Hello"), cancellationToken: Token));

        Assert.Contains(BuiltinChatClient.SpeakerKey, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SameConversation_IsDeterministicForEachVariation()
    {
        var conversation = Prompt("I am planning a birthday party for my sister.");

        Assert.Equal(
            BuiltinReplyWriter.Write(Speaker("jubilee"), conversation), BuiltinReplyWriter.Write(Speaker("jubilee"), conversation));
        var variations = Enumerable.Range(0, 10)
            .Select(i => BuiltinReplyWriter.Write(Speaker("jubilee") with { Variation = $"{i}" }, conversation));
        Assert.True(variations.Distinct().Count() > 5);
    }

    [Fact]
    public void Write_KnownSubject_UsesALineOfItsKnowledge()
    {
        var reply = BuiltinReplyWriter.Write(Speaker("jubilee"), Prompt("I am planning a birthday party for my sister."));

        var known = Speaker("jubilee").Voice.Knowledge.Single(knowledge => knowledge.Words.Contains("birthday"));
        Assert.Contains(known.Lines, line => reply.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Topic_IsRepeatedInTheReply() =>
        Assert.Contains(
            "your vegetable garden",
            Speaker("elias").Reply("Let me tell you about my vegetable garden."),
            StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("Are you a real person?")]
    [InlineData("are you an AI or a language model")]
    public void Write_AskedWhatItIs_StatesThatItIsAnAi(string question)
    {
        var reply = Speaker("zariah").Reply(question);

        Assert.Contains("AI persona", reply, StringComparison.Ordinal);
        Assert.Contains("built-in voice", reply, StringComparison.Ordinal);
        Assert.Contains("Zariah", reply, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Danger_PointsToHelpAndNothingElse()
    {
        var reply = Speaker("melody").Reply("I don't want to live any more");

        Assert.Contains("emergency number", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("tempo", reply, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_UnsupportedScript_SaysThatItCannotReadIt() =>
        Assert.Contains("cannot read", Speaker("elias").Reply("Как дела, дорогой друг?"), StringComparison.Ordinal);

    [Theory]
    [InlineData("ok")]
    [InlineData("Hello")]
    [InlineData("Tell me about the sea")]
    [InlineData("bye")]
    public void Write_PersonaWithoutLines_StillReplies(string text) =>
        Assert.NotEmpty(new BuiltinSpeaker("Ada", new PersonaVoice([], [], [], [])).Reply(text));

    [Fact]
    public void Write_Goodbye_AsksNothing() => Assert.False(Speaker("elias").Reply("Good night, see you!").EndsWith('?'));

    [Fact]
    public void Write_LongConversation_VariesItsReplies()
    {
        string[] messages =
        [
            "Hi!", "I want to talk about my garden.", "The tomatoes died last summer.", "My brother says I should give up.",
            "I feel sad about it.", "What would you do?", "Maybe I will try again with beans.", "My balcony gets little light.",
            "Thanks, that helps.", "What about winter?",
        ];
        var speaker = Speaker("jubilee");
        var conversation = new List<ChatMessage>();
        var replies = new List<string>();
        foreach (var text in messages)
        {
            conversation.Add(new ChatMessage(ChatRole.User, text));
            replies.Add(BuiltinReplyWriter.Write(speaker, conversation));
            conversation.Add(new ChatMessage(ChatRole.Assistant, replies[^1]));
        }

        Assert.Equal(replies.Count, replies.Distinct().Count());
        Assert.All(replies, reply => Assert.InRange(reply.Split(' ').Length, BuiltinReplyWriter.MinWords, BuiltinReplyWriter.MaxWords));
        Assert.All(replies.Zip(replies.Skip(1)), pair => Assert.NotEqual(pair.First.Split('.')[0], pair.Second.Split('.')[0]));
    }

    [Fact]
    public void Write_AnyPersonaAnyMessage_IsWithinItsLengthAndHasNoPlaceholders()
    {
        string[] messages =
        [
            "Hello", "Thank you so much!", "bye", "I feel lonely tonight.", "I am so proud of my daughter!", "How do I learn calculus?",
            "???", "",
            "My landlord raised the rent and I do not know what to do about the contract we signed last year.", "ok",
            "Tell me a story", "Who are you?", "😀",
        ];

        foreach (var seed in PersonaSeed.Load())
        {
            foreach (var text in messages)
            {
                var reply = Speaker(seed.Slug).Reply(text);
                var context = $"{seed.Slug} to '{text}': {reply}";
                Assert.True(reply.Split(' ').Length is >= BuiltinReplyWriter.MinWords and <= BuiltinReplyWriter.MaxWords, context);
                Assert.False(reply.Contains('{') || reply.Contains('}') || reply.Contains("  ", StringComparison.Ordinal), context);
            }
        }
    }

    private static BuiltinSpeaker Speaker(string slug) => new(TestPersonas.Seeded(slug).Persona.Name, TestPersonas.Seeded(slug).Voice);

    private static ChatOptions Options(string slug) =>
        new() { AdditionalProperties = new() { [BuiltinChatClient.SpeakerKey] = Speaker(slug) } };

    private static List<ChatMessage> Prompt(string text) => [new ChatMessage(ChatRole.User, text)];

    private BuiltinChatClient Client() => new(TimeSpan.Zero, _time);
}
