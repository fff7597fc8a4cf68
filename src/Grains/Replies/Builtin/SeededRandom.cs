namespace JubileeVerse.Replies.Builtin;

/// <summary>
/// A pseudo-random generator that is seeded with texts only: FNV-1a for the seed, SplitMix64 for the numbers. It does not use
/// string.GetHashCode, which differs between processes, because a retried reply would then differ.
/// </summary>
internal sealed class SeededRandom(IEnumerable<string> texts)
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private ulong _state = Seed(texts);

    /// <summary>Returns true with a probability of 1 / <paramref name="times"/>.</summary>
    public bool OneIn(int times) => Next() % (ulong)times == 0;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[(int)(Next() % (ulong)choices.Count)];

    private static ulong Seed(IEnumerable<string> texts)
    {
        var hash = FnvOffset;
        foreach (var text in texts)
        {
            foreach (var c in text)
                hash = (hash ^ c) * FnvPrime;

            // A boundary, so that "ab", "c" and "a", "bc" give different seeds.
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
