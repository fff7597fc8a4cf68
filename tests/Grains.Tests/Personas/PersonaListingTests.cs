using CsCheck;
using JubileeVerse.Errors;
using JubileeVerse.Paging;
using JubileeVerse.Personas;

namespace JubileeVerse.Grains.Tests.Personas;

public sealed class PersonaListingTests
{
    private static readonly PersonaFilter Any = new(null, null, null, null);

    private static readonly PersonaSnapshot Snapshot = new(
    [
        StoredPersonas.Create("zoe", order: 5, category: "Wisdom", languages: ["en", "es-MX"]),
        StoredPersonas.Create("abe", order: 9, category: "Growth", featured: true, languages: ["en"]),
        StoredPersonas.Create("kai", order: 1, category: "Wisdom", featured: true, languages: ["es"]),
        StoredPersonas.Create("ben", order: 5, category: "Growth", languages: ["de"]),
    ]);

    [Fact]
    public void List_NoFilter_OrdersByFeaturedThenOrderThenSlug() => Assert.Equal(["kai", "abe", "ben", "zoe"], Slugs(Any));

    [Theory]
    [InlineData("wisdom", null, null, null, "kai,zoe")]
    [InlineData(null, "es", null, null, "kai,zoe")]
    [InlineData(null, "es-MX", null, null, "kai,zoe")]
    [InlineData(null, "e", null, null, "")]
    [InlineData(null, null, "ÁBE", null, "abe")]
    [InlineData(null, null, null, false, "ben,zoe")]
    [InlineData("growth", "en", "abe", true, "abe")]
    public void List_Filter_ReturnsMatches(string? category, string? language, string? text, bool? featured, string expected) =>
        Assert.Equal(expected, string.Join(',', Slugs(new PersonaFilter(category, language, text, featured))));

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void List_LimitOutOfRange_IsInvalid(int limit) => Assert.Equal(
        ("limit", ErrorCode.InvalidRequest),
        Fault(Assert.Throws<JubileeException>(() => PersonaListing.List(Snapshot, Any, new PageRequest(limit)))));

    [Theory]
    [InlineData("!")]
    [InlineData("")]
    [InlineData("bm90IGEgY3Vyc29y")]
    public void List_MalformedCursor_IsInvalid(string cursor) => Assert.Equal(
        ("after", ErrorCode.InvalidRequest),
        Fault(Assert.Throws<JubileeException>(() => PersonaListing.List(Snapshot, Any, new PageRequest(10, cursor)))));

    [Fact]
    public void List_AnyPageSize_ReturnsEachPersonaOnceInOrder() =>
        Gen.Select(Gen.Select(Gen.Bool, Gen.Int[0, 3]).List[0, 30], Gen.Int[1, 12]).Sample((personas, limit) =>
        {
            var snapshot = new PersonaSnapshot(
                personas.Select((persona, i) => StoredPersonas.Create($"p{i}", persona.Item2, featured: persona.Item1)));
            var seen = new List<string>();
            for (string? after = null; ;)
            {
                var page = PersonaListing.List(snapshot, Any, new PageRequest(limit, after));
                seen.AddRange(page.Items.Select(persona => persona.Slug));
                if (page.Next is null)
                    break;
                Assert.Equal(limit, page.Items.Length);
                after = page.Next;
            }

            Assert.Equal(snapshot.Ordered.Select(persona => persona.Profile.Persona.Slug), seen);
        });

    [Fact]
    public void Categories_Snapshot_AreDistinctInCatalogOrder() => Assert.Equal(["Wisdom", "Growth"], Snapshot.Categories);

    private static IEnumerable<string> Slugs(PersonaFilter filter) =>
        PersonaListing.List(Snapshot, filter, new PageRequest()).Items.Select(persona => persona.Slug);

    private static (string?, ErrorCode) Fault(JubileeException e) => (e.Field, e.Code);
}
