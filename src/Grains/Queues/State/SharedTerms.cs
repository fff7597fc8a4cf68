namespace JubileeVerse.Queues.State;

/// <summary>Keeps one copy of each <see cref="JobTerms"/>. When too many differ it starts anew: those in use live on in their jobs.</summary>
internal sealed class SharedTerms
{
    private const int Capacity = 4096;

    private readonly Dictionary<JobTerms, JobTerms> _terms = [];

    public JobTerms Of(in StoredJob row)
    {
        var terms = JobTerms.Of(row);
        if (_terms.TryGetValue(terms, out var shared)) return shared;
        if (_terms.Count == Capacity) _terms.Clear();
        return _terms[terms] = terms;
    }
}
