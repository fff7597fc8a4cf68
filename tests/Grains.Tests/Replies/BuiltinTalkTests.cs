using System.Text.Json;
using JubileeVerse.Personas;
using JubileeVerse.Replies.Builtin;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Grains.Tests.Replies;

/// <summary>What the built-in voice makes of the messages that people begin with.</summary>
public sealed class BuiltinTalkTests
{
    public static TheoryData<string> Slugs() => [.. PersonaSeed.Load().Select(seed => seed.Slug)];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Write_HardDay_ComfortsBeforeAllElseAndJokesAboutNothing(string slug)
    {
        var answer = Talk(slug, "Hello! I had a long day at work and could use a kind word.")[0];

        var voice = TestPersonas.Seeded(slug).Voice;
        Assert.Contains(voice.Comforts, line => answer.Contains(line, StringComparison.Ordinal));
        Assert.DoesNotContain(voice.Openings, line => LineChooser.NeedsTopic(line) && answer.Contains(line.Split("{topic}").MaxBy(part => part.Length)!.Trim(), StringComparison.Ordinal));
        Assert.DoesNotContain("about word", answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Write_AskedAboutItself_AnswersFromItsOwnNature(string slug)
    {
        var answer = Talk(slug, "What helps you rest?")[0];

        Assert.Contains(TestPersonas.Seeded(slug).Voice.Nature, line => answer.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_AskedWhoItIs_SaysItsNameThatItIsAnAiAndWhatItIsFor()
    {
        var answer = Talk("elias", "Who are you?")[0];

        Assert.Contains("Elias", answer, StringComparison.Ordinal);
        Assert.Contains("AI persona", answer, StringComparison.Ordinal);
        Assert.Contains(TestPersonas.Seeded("elias").Voice.Introductions, line => answer.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_FollowUp_GoesOnWithWhatItKnowsAndDoesNotRepeatIt()
    {
        var answers = Talk("theo", "I do not get fractions", "tell me more");

        var lines = TestPersonas.Seeded("theo").Voice.Knowledge.Single(knowledge => knowledge.Words.Contains("fractions")).Lines;
        Assert.Contains(lines, line => answers[1].Contains(line, StringComparison.Ordinal) && !answers[0].Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_FollowUpToAFeeling_StaysWarm()
    {
        var answers = Talk("zariah", "I feel so lonely", "yes");

        Assert.Contains(TestPersonas.Seeded("zariah").Voice.Comforts, line => answers[1].Contains(line, StringComparison.Ordinal) && !answers[0].Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_GriefBesideASubjectItKnows_DoesNotLecture()
    {
        var answer = Talk("bruna", "My mother died last week, nobody made bread as she did")[0];

        var lines = TestPersonas.Seeded("bruna").Voice.Knowledge.SelectMany(knowledge => knowledge.Lines);
        Assert.Contains("your mother", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => answer.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_UnkindWordForOneself_IsNotSaidBack() => Assert.DoesNotContain("stupid", Talk("caleb", "I failed again and feel stupid")[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("What about winter?")]
    [InlineData("thanks")]
    [InlineData("bye")]
    public void Write_AfterATopiclessTurn_LooksBackAtNothing(string next)
    {
        var answer = Talk("jubilee", "I could use some help with a thing", next)[1];

        Assert.DoesNotContain("thing,", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("{earlier}", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("in mind", answer, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Write_Starter_ReadsAsWholeSentences(string slug)
    {
        foreach (var starter in TestPersonas.Seeded(slug).Persona.ConversationStarters)
        {
            var answer = Talk(slug, starter)[0];
            Assert.DoesNotContain("what you wrote", answer, StringComparison.Ordinal);
            Assert.Matches("^[^a-z]", answer);
            Assert.DoesNotMatch(@"[.?!] [a-z]", answer);
        }
    }

    [Fact]
    public void Write_VoiceStoredBeforeItHadComforts_StillComforts()
    {
        var stored = JsonSerializer.Deserialize<PersonaVoice>("""{"openings":[],"reflections":[],"questions":[],"knowledge":[]}""", PersonaJson.Options)!;

        Assert.Contains(BuiltinPhrases.Comforts, line => new BuiltinSpeaker("Ada", stored).Answer("I feel so lonely").Contains(line, StringComparison.Ordinal));
    }

    private static List<string> Talk(string slug, params string[] said)
    {
        var profile = TestPersonas.Seeded(slug);
        var conversation = new List<ChatMessage>();
        var answers = new List<string>();
        foreach (var text in said)
        {
            conversation.Add(new ChatMessage(ChatRole.User, text));
            answers.Add(BuiltinAnswer.Write(new BuiltinSpeaker(profile.Persona.Name, profile.Voice), conversation));
            conversation.Add(new ChatMessage(ChatRole.Assistant, answers[^1]));
        }

        return answers;
    }
}
