namespace JubileeVerse.Replies.Builtin;

/// <summary>
/// Chance that depends on nothing but the texts that it was given: FNV-1a for the seed, SplitMix64 for the throws.
/// (String.GetHashCode differs from process to process, so a retried answer would come out differently.)
/// </summary>
internal sealed class Dice(IEnumerable<string> texts)
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private ulong _state = Seed(texts);

    /// <summary>True once in <paramref name="times"/> on the average.</summary>
    public bool OneIn(int times) => Next() % (ulong)times == 0;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[(int)(Next() % (ulong)choices.Count)];

    private static ulong Seed(IEnumerable<string> texts)
    {
        var hash = FnvOffset;
        foreach (var text in texts)
        {
            foreach (var c in text)
                hash = (hash ^ c) * FnvPrime;

            // A boundary, so that "ab", "c" is not "a", "bc".
            hash = (hash ^ char.MaxValue) * FnvPrime;
        }

        return hash;
    }

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
