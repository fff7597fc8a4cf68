using System.Text.Json;
using JubileeVerse.Personas;
using JubileeVerse.Replies.Builtin;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Grains.Tests.Replies;

/// <summary>The replies of the built-in voice to typical first messages.</summary>
public sealed class BuiltinConversationTests
{
    public static TheoryData<string> Slugs() => [.. PersonaSeed.Load().Select(seed => seed.Slug)];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Write_HardDay_ComfortsAndDoesNotJoke(string slug)
    {
        var reply = Converse(slug, "Hello! I had a long day at work and could use a kind word.")[0];

        var voice = TestPersonas.Seeded(slug).Voice;
        Assert.Contains(voice.Comforts, line => reply.Contains(line, StringComparison.Ordinal));
        Assert.DoesNotContain(
            voice.Openings,
            line => LineChooser.NeedsTopic(line)
                && reply.Contains(line.Split("{topic}").MaxBy(part => part.Length)!.Trim(), StringComparison.Ordinal));
        Assert.DoesNotContain("about word", reply, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Write_AskedAboutItself_UsesALineOfItsNature(string slug)
    {
        var reply = Converse(slug, "What helps you rest?")[0];

        Assert.Contains(TestPersonas.Seeded(slug).Voice.Nature, line => reply.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_AskedWhoItIs_StatesItsNameThatItIsAnAiAndItsPurpose()
    {
        var reply = Converse("elias", "Who are you?")[0];

        Assert.Contains("Elias", reply, StringComparison.Ordinal);
        Assert.Contains("AI persona", reply, StringComparison.Ordinal);
        Assert.Contains(TestPersonas.Seeded("elias").Voice.Introductions, line => reply.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_FollowUp_ContinuesTheSubjectWithoutRepetition()
    {
        var replies = Converse("theo", "I do not get fractions", "tell me more");

        var lines = TestPersonas.Seeded("theo").Voice.Knowledge.Single(knowledge => knowledge.Words.Contains("fractions")).Lines;
        Assert.Contains(
            lines,
            line => replies[1].Contains(line, StringComparison.Ordinal) && !replies[0].Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_FollowUpToAFeeling_ComfortsAgain()
    {
        var replies = Converse("zariah", "I feel so lonely", "yes");

        Assert.Contains(
            TestPersonas.Seeded("zariah").Voice.Comforts,
            line => replies[1].Contains(line, StringComparison.Ordinal) && !replies[0].Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_GriefMentionsAKnownSubject_UsesNoLineOfItsKnowledge()
    {
        var reply = Converse("bruna", "My mother died last week, nobody made bread as she did")[0];

        var lines = TestPersonas.Seeded("bruna").Voice.Knowledge.SelectMany(knowledge => knowledge.Lines);
        Assert.Contains("your mother", reply, StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => reply.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_SelfInsult_IsNotRepeated() =>
        Assert.DoesNotContain("stupid", Converse("caleb", "I failed again and feel stupid")[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("What about winter?")]
    [InlineData("thanks")]
    [InlineData("bye")]
    public void Write_AfterAMessageWithoutTopic_RefersToNoEarlierTopic(string next)
    {
        var reply = Converse("jubilee", "I could use some help with a thing", next)[1];

        Assert.DoesNotContain("thing,", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("{earlier}", reply, StringComparison.Ordinal);
        Assert.DoesNotContain("in mind", reply, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Write_Starter_ReadsAsWholeSentences(string slug)
    {
        foreach (var starter in TestPersonas.Seeded(slug).Persona.ConversationStarters)
        {
            var reply = Converse(slug, starter)[0];
            Assert.DoesNotContain("what you wrote", reply, StringComparison.Ordinal);
            Assert.Matches("^[^a-z]", reply);
            Assert.DoesNotMatch(@"[.?!] [a-z]", reply);
        }
    }

    [Fact]
    public void Write_StoredVoiceWithoutComforts_UsesTheDefaultComforts()
    {
        var stored = JsonSerializer.Deserialize<PersonaVoice>(
            """{"openings":[],"reflections":[],"questions":[],"knowledge":[]}""", PersonaJson.Options)!;

        Assert.Contains(
            BuiltinPhrases.Comforts,
            line => new BuiltinSpeaker("Ada", stored).Reply("I feel so lonely").Contains(line, StringComparison.Ordinal));
    }

    private static List<string> Converse(string slug, params string[] messages)
    {
        var profile = TestPersonas.Seeded(slug);
        var conversation = new List<ChatMessage>();
        var replies = new List<string>();
        foreach (var text in messages)
        {
            conversation.Add(new ChatMessage(ChatRole.User, text));
            replies.Add(BuiltinReplyWriter.Write(new BuiltinSpeaker(profile.Persona.Name, profile.Voice), conversation));
            conversation.Add(new ChatMessage(ChatRole.Assistant, replies[^1]));
        }

        return replies;
    }
}
