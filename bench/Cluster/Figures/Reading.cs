using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>Reads everything back when a run is over, and makes its account.</summary>
internal static class Reading
{
    public static async Task<Account> AccountAsync(
        Crowd crowd, TimedModel model, string run, TimeSpan? failedAt, TimeSpan? mendedAt, CancellationToken cancellationToken)
    {
        // What fails while reading back is not the people's.
        var failures = crowd.Log.Failures.ToList();
        var calls = model.CallsOf(run + ".");
        var judgements = new List<Judgement>();
        foreach (var person in crowd.People)
        {
            var stored = await StoredConversation.ReadAsync(person, cancellationToken);
            judgements.AddRange(Judge.Decide(person, stored, calls));
        }

        return Account.Of(judgements, failures, crowd.Log.Moves, failedAt, mendedAt, calls.Sum(group => group.Count()));
    }
}
