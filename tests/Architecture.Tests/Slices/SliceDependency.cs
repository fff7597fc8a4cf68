namespace JubileeVerse.Architecture.Tests.Slices;

/// <summary>A slice of one project uses types of another slice.</summary>
internal readonly record struct SliceDependency(string Slice, string Used) : IComparable<SliceDependency>
{
    public int CompareTo(SliceDependency other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => $"{Slice} → {Used}";
}
