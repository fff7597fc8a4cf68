namespace JubileeVerse.Testing.Merging;

/// <summary>One case of <c>merge-cases.json</c>, which states the meaning of its fields.</summary>
public sealed record MergeCase(
    string Name,
    MergeContent? Before,
    MergeFrame Frame,
    MergeExpectation Expected,
    MergeExpectation? Gateway = null,
    MergeExpectation? Page = null,
    MergeExpectation? Grain = null)
{
    /// <summary>Returns the outcome of a frame that was applied: trimmed when the text grew by less than the frame's text.</summary>
    public string Applied(string after)
    {
        var before = Before is { } content && content.Run == Frame.Run ? content.Text.Length : 0;
        return Frame.Kind == "delta" && after.Length - before < Frame.Text.Length ? "trimmed" : "applied";
    }
}
