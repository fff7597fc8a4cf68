using System.Text.Json;
using System.Text.Json.Serialization;

namespace JubileeVerse.Testing.Merging;

/// <summary>
/// The cases of <c>merge-cases.json</c>. The gateway, the page and the conversation's grain merge the text of a reply each in its own way;
/// their tests share these cases, so that they cannot drift apart.
/// </summary>
public static class MergeCases
{
    private const char HighSurrogate = '\ud83c';
    private const char LowSurrogate = '\udf1f';

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The file's text, for the page's tests.</summary>
    public static string Json { get; } = ReadJson();

    public static IReadOnlyList<MergeCase> All { get; } = [.. JsonDocument.Parse(Json).RootElement.GetProperty("cases").EnumerateArray()
        .Select(item => WithSurrogates(item.Deserialize<MergeCase>(Options)!))];

    public static MergeCase Get(string name) => All.Single(item => item.Name == name);

    private static MergeCase WithSurrogates(MergeCase item) => item with
    {
        Before = item.Before is { } before ? before with { Text = WithSurrogates(before.Text) } : null,
        Frame = item.Frame with { Text = WithSurrogates(item.Frame.Text) },
        Expected = WithSurrogates(item.Expected)!,
        Gateway = WithSurrogates(item.Gateway),
        Page = WithSurrogates(item.Page),
        Grain = WithSurrogates(item.Grain),
    };

    private static MergeExpectation? WithSurrogates(MergeExpectation? expected) =>
        expected is null ? null : expected with { Text = WithSurrogates(expected.Text) };

    private static string WithSurrogates(string text) => text.Replace('^', HighSurrogate).Replace('_', LowSurrogate);

    private static string ReadJson()
    {
        using var stream = typeof(MergeCases).Assembly.GetManifestResourceStream("merge-cases.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
