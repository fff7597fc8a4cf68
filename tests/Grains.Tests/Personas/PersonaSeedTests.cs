using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using JubileeVerse.Personas;

namespace JubileeVerse.Grains.Tests.Personas;

public sealed partial class PersonaSeedTests
{
    private const int MaxAvatarBytes = 2048;

    private static readonly IReadOnlyList<SeedPersona> Seeds = PersonaSeed.Load();

    [Fact]
    public void Load_All_AreNineteenIncludingTheFamily()
    {
        string[] family =
            ["jubilee", "melody", "zariah", "elias", "eliana", "caleb", "imani", "zev", "amir", "nova", "santiago", "tahoma", "gabriel"];

        Assert.Equal(19, Seeds.Count);
        Assert.Empty(family.Except(Seeds.Select(seed => seed.Slug)));
    }

    [Fact]
    public void Load_DefaultPersona_IsFeaturedAndFirst()
    {
        var first = new PersonaSnapshot(Seeds.Select(seed => seed.ToStored())).Ordered[0].Profile.Persona;

        Assert.Equal(("jubilee", true), (first.Slug, first.IsFeatured));
    }

    [Fact]
    public void Load_KeysAndSortOrders_AreUnique()
    {
        Assert.Equal(Seeds.Count, Seeds.Select(seed => seed.Id).Distinct().Count());
        Assert.Equal(Seeds.Count, Seeds.Select(seed => seed.Slug).Distinct().Count());
        Assert.Equal(Seeds.Count, Seeds.Select(seed => seed.Name).Distinct().Count());
        Assert.Equal(Seeds.Count, Seeds.Select(seed => seed.SortOrder).Distinct().Count());
        Assert.Equal(Seeds.Count, Seeds.Select(seed => seed.Hash).Distinct().Count());
        Assert.All(Seeds, seed => Assert.Equal(7, seed.Id.Value.Version));
        Assert.InRange(Seeds.Select(seed => seed.Category).Distinct().Count(), 4, 7);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Load_Persona_RespectsEveryLimit(string slug)
    {
        var seed = Seeds.Single(seed => seed.Slug == slug);

        Assert.Matches(SlugShape(), seed.Slug);
        AssertLength(seed.Name, 2, 40);
        AssertLength(seed.Title, 5, 60);
        AssertLength(seed.Category, 3, 40);
        AssertLength(seed.ShortBio, 60, 200);
        AssertLength(seed.Greeting, 40, 200);
        Assert.Equal($"/avatars/{seed.Slug}.svg", seed.AvatarUrl);
        Assert.Equal(4, seed.ConversationStarters.Distinct().Count());
        Assert.All(seed.ConversationStarters, starter => AssertLength(starter, 10, 60));
        Assert.Contains("en", seed.Languages);
        Assert.All(seed.Languages, tag => Assert.Equal(tag, CultureInfo.GetCultureInfo(tag, predefinedOnly: true).Name));
        Assert.InRange(seed.SystemPrompt.Split(' ').Length, 120, 250);
        Assert.Contains(
            $"You are {seed.Name}, an AI persona",
            seed.SystemPrompt.Replace("the host of JubileeVerse: ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Load_Voice_HasEnoughLines(string slug)
    {
        var voice = Seeds.Single(seed => seed.Slug == slug).Voice;

        Assert.True(
            voice.Openings.Length >= 6 && voice.Reflections.Length >= 6 && voice.Questions.Length >= 6 && voice.Knowledge.Length >= 6);
        Assert.All(voice.Knowledge, knowledge =>
        {
            Assert.True(knowledge.Words.Length >= 3 && knowledge.Lines.Length >= 3);
            Assert.All(knowledge.Words, word => Assert.Equal(word.ToLowerInvariant().Trim(), word));
        });
        Assert.All(LinesOf(voice), line =>
        {
            AssertLength(line, 15, 220);
            Assert.DoesNotMatch(UnknownMark(), line);
        });
        Assert.True(voice.Comforts.Length >= 4 && voice.Joys.Length >= 2 && voice.Introductions.Length >= 2 && voice.Nature.Length >= 3);
        Assert.All([.. voice.Comforts, .. voice.Joys, .. voice.Introductions, .. voice.Nature], line => Assert.DoesNotContain('{', line));
        Assert.Contains(voice.Nature, line => line.Contains("AI", StringComparison.Ordinal));
        Assert.All(voice.Questions, question => Assert.EndsWith("?", question, StringComparison.Ordinal));

        // Greetings and thanks have no topic, so some lines must not contain the placeholder.
        Assert.True(voice.Reflections.Count(line => !line.Contains("{topic}", StringComparison.Ordinal)) >= 3);
        Assert.Contains(voice.Openings, line => !line.Contains("{topic}", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_Voices_ShareNoLine()
    {
        var shared = Seeds
            .SelectMany(seed => LinesOf(seed.Voice))
            .GroupBy(line => line)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);

        Assert.Empty(shared);
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Avatar_Persona_IsASmallSvgWithoutScripts(string slug)
    {
        var file = new FileInfo(Path.Combine(Repository(), "src", "Gateway", "wwwroot", "avatars", $"{slug}.svg"));

        Assert.InRange(file.Length, 1, MaxAvatarBytes);
        var root = XDocument.Load(file.FullName).Root!;
        Assert.Equal("0 0 96 96", root.Attribute("viewBox")?.Value);
        Assert.DoesNotContain(
            root.Descendants(), element => element.Name.LocalName is "script" or "text" or "image" or "foreignObject" or "style");
        Assert.DoesNotContain(
            root.DescendantsAndSelf().Attributes(),
            attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    public static TheoryData<string> Slugs() => [.. Seeds.Select(seed => seed.Slug)];

    private static IEnumerable<string> LinesOf(PersonaVoice voice) =>
    [
        .. voice.Openings, .. voice.Reflections, .. voice.Questions, .. voice.Comforts, .. voice.Joys, .. voice.Introductions,
        .. voice.Nature, .. voice.Knowledge.SelectMany(knowledge => knowledge.Lines),
    ];

    private static void AssertLength(string text, int min, int max) => Assert.True(
        text.Length >= min && text.Length <= max && text.Trim() == text,
        $"'{text}' has {text.Length} characters, expected {min} to {max}.");

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "JubileeVerse.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("JubileeVerse.sln was not found above the tests.");
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$")]
    private static partial Regex SlugShape();

    [GeneratedRegex(@"\{(?!topic\})|(?<!\{topic)\}")]
    private static partial Regex UnknownMark();
}
