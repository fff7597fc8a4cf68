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
    public async Task Stream_Pieces_AreWordsThatMakeTheAnswerWithUsageAndAnEnd()
    {
        var updates = await Client().GetStreamingResponseAsync(Said("Hello, who are you?"), Options("jubilee"), Token).ToListAsync(Token);

        var pieces = updates.SkipLast(1).Select(update => update.Text).ToList();
        Assert.All(pieces, piece => Assert.DoesNotContain(' ', piece.TrimEnd(' ')));
        Assert.Equal(BuiltinAnswer.Write(Speaker("jubilee"), Said("Hello, who are you?")), string.Concat(pieces));
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        var usage = Assert.Single(updates[^1].Contents.OfType<UsageContent>()).Details;
        Assert.Equal((4L, (long)pieces.Count), (usage.InputTokenCount, usage.OutputTokenCount));
    }

    [Fact]
    public async Task Stream_WithADelay_PausesBetweenPiecesOnly()
    {
        var delay = TimeSpan.FromMilliseconds(25);
        await using var updates = new BuiltinChatClient(delay, _time)
            .GetStreamingResponseAsync(Said("Hello"), Options("jubilee"), Token).GetAsyncEnumerator(Token);

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
        var e = await Assert.ThrowsAsync<ArgumentException>(() => Client().GetResponseAsync(Said("Hello"), cancellationToken: Token));

        Assert.Contains(BuiltinChatClient.SpeakerKey, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SameConversation_IsTheSameAnswerAndAnotherVariationAnother()
    {
        var conversation = Said("I am planning a birthday party for my sister.");

        Assert.Equal(BuiltinAnswer.Write(Speaker("jubilee"), conversation), BuiltinAnswer.Write(Speaker("jubilee"), conversation));
        Assert.True(Enumerable.Range(0, 10).Select(i => BuiltinAnswer.Write(Speaker("jubilee") with { Variation = $"{i}" }, conversation)).Distinct().Count() > 5);
    }

    [Fact]
    public void Write_WordOfItsKnowledge_SaysALineOfIt()
    {
        var answer = BuiltinAnswer.Write(Speaker("jubilee"), Said("I am planning a birthday party for my sister."));

        var known = Speaker("jubilee").Voice.Knowledge.Single(knowledge => knowledge.Words.Contains("birthday"));
        Assert.Contains(known.Lines, line => answer.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Topic_IsSaidBack() =>
        Assert.Contains("your vegetable garden", Speaker("elias").Answer("Let me tell you about my vegetable garden."), StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("Are you a real person?")]
    [InlineData("are you an AI or a language model")]
    public void Write_AskedWhatItIs_SaysItPlainly(string question)
    {
        var answer = Speaker("zariah").Answer(question);

        Assert.Contains("AI persona", answer, StringComparison.Ordinal);
        Assert.Contains("built-in voice", answer, StringComparison.Ordinal);
        Assert.Contains("Zariah", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Danger_PointsToHelpAndNothingElse()
    {
        var answer = Speaker("melody").Answer("I don't want to live any more");

        Assert.Contains("emergency number", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("tempo", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LettersItCannotRead_SaysSo() => Assert.Contains("cannot read", Speaker("elias").Answer("Как дела, дорогой друг?"), StringComparison.Ordinal);

    [Theory]
    [InlineData("ok")]
    [InlineData("Hello")]
    [InlineData("Tell me about the sea")]
    [InlineData("bye")]
    public void Write_PersonaWithoutLines_StillAnswers(string text) =>
        Assert.NotEmpty(new BuiltinSpeaker("Ada", new PersonaVoice([], [], [], [])).Answer(text));

    [Fact]
    public void Write_Goodbye_AsksNothing() => Assert.False(Speaker("elias").Answer("Good night, see you!").EndsWith('?'));

    [Fact]
    public void Write_LongConversation_VariesAndLooksBack()
    {
        string[] said =
        [
            "Hi!", "I want to talk about my garden.", "The tomatoes died last summer.", "My brother says I should give up.", "I feel sad about it.",
            "What would you do?", "Maybe I will try again with beans.", "My balcony gets little light.", "Thanks, that helps.", "What about winter?",
        ];
        var speaker = Speaker("jubilee");
        var conversation = new List<ChatMessage>();
        var answers = new List<string>();
        foreach (var text in said)
        {
            conversation.Add(new ChatMessage(ChatRole.User, text));
            answers.Add(BuiltinAnswer.Write(speaker, conversation));
            conversation.Add(new ChatMessage(ChatRole.Assistant, answers[^1]));
        }

        Assert.Equal(answers.Count, answers.Distinct().Count());
        Assert.All(answers, answer => Assert.InRange(answer.Split(' ').Length, BuiltinAnswer.MinWords, BuiltinAnswer.MaxWords));
        Assert.All(answers.Zip(answers.Skip(1)), pair => Assert.NotEqual(pair.First.Split('.')[0], pair.Second.Split('.')[0]));
    }

    [Fact]
    public void Write_AnyPersonaAnyMessage_HasItsLengthAndNoMarksLeft()
    {
        string[] said =
        [
            "Hello", "Thank you so much!", "bye", "I feel lonely tonight.", "I am so proud of my daughter!", "How do I learn calculus?", "???", "",
            "My landlord raised the rent and I do not know what to do about the contract we signed last year.", "ok", "Tell me a story", "Who are you?", "😀",
        ];

        foreach (var seed in PersonaSeed.Load())
        {
            foreach (var text in said)
            {
                var answer = Speaker(seed.Slug).Answer(text);
                var where = $"{seed.Slug} to '{text}': {answer}";
                Assert.True(answer.Split(' ').Length is >= BuiltinAnswer.MinWords and <= BuiltinAnswer.MaxWords, where);
                Assert.False(answer.Contains('{') || answer.Contains('}') || answer.Contains("  ", StringComparison.Ordinal), where);
            }
        }
    }

    private static BuiltinSpeaker Speaker(string slug) => new(TestPersonas.Seeded(slug).Persona.Name, TestPersonas.Seeded(slug).Voice);

    private static ChatOptions Options(string slug) => new() { AdditionalProperties = new() { [BuiltinChatClient.SpeakerKey] = Speaker(slug) } };

    private static List<ChatMessage> Said(string text) => [new ChatMessage(ChatRole.User, text)];

    private BuiltinChatClient Client() => new(TimeSpan.Zero, _time);
}
