using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using JubileeVerse.Realtime.Frames;

namespace JubileeVerse.Architecture.Tests.Documents;

public sealed partial class FrameDocumentTests
{
    private const string DurableMark = " ●";

    private static readonly JsonDerivedTypeAttribute[] Derived = [.. typeof(Frame).GetCustomAttributes<JsonDerivedTypeAttribute>()];

    /// <summary>A frame that is missing in the list cannot be serialized for a client.</summary>
    [Fact]
    public void Frames_AreListedForJsonUnlessNoClientReceivesThem()
    {
        var unlisted = FrameTypes.All.Except(Derived.Select(derived => derived.DerivedType));

        Assert.Equal([typeof(CloseConnections)], unlisted);
    }

    [Fact]
    public void Document_ListsExactlyTheFramesOfTheCode()
    {
        var listed = MarkdownTable.Rows("docs/protocol.md", "| frame | on | fields beside `type` and `channel` |")
            .SelectMany(cells => Name().Matches(cells[0]).Select(match => match.Value));
        var declared = Derived.Select(derived =>
            $"`{derived.TypeDiscriminator}`{(derived.DerivedType.IsSubclassOf(typeof(DurableFrame)) ? DurableMark : "")}");

        Assert.Equal(declared.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex($"`[a-z-]+`({DurableMark})?")]
    private static partial Regex Name();
}
