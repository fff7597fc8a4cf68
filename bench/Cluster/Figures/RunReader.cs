using JubileeVerse.Bench.Cluster.Load;
using JubileeVerse.Bench.Cluster.Model;

namespace JubileeVerse.Bench.Cluster.Figures;

/// <summary>Reads back all conversations after a run and computes its results.</summary>
internal static class RunReader
{
    public static async Task<RunResult> ReadAsync(
        UserGroup crowd, TimedModel model, string run, TimeSpan? failedAt, TimeSpan? mendedAt, CancellationToken cancellationToken)
    {
        // Copied first, so that failures while reading back are not counted.
        var failures = crowd.Log.Failures.ToList();
        var calls = model.CallsOf(run + ".");
        var judgements = new List<TurnEvaluation>();
        foreach (var person in crowd.Users)
        {
            var stored = await StoredConversation.ReadAsync(person, cancellationToken);
            judgements.AddRange(TurnEvaluator.Evaluate(person, stored, calls));
        }

        return RunResult.From(judgements, failures, crowd.Log.Moves, failedAt, mendedAt, calls.Sum(group => group.Count()));
    }
}
