using System.Collections.Immutable;

namespace JubileeVerse.Queues;

/// <summary>A worker asks for work and says what it holds.</summary>
/// <param name="Worker">The silo's address with its generation: a restarted silo is another worker.</param>
/// <param name="Number">Raised with each full list: two of them without a lease that was granted before them free it.</param>
/// <param name="Slots">How many jobs it can run at once, what it runs counted; 0 for one that leaves. The queue's own limit holds besides.</param>
/// <param name="Held">Every lease that it holds.</param>
/// <param name="Version">Of the program that it runs in; null: one that did not say so yet.</param>
[GenerateSerializer, Immutable, Alias("WorkerPoll")]
public sealed record WorkerPoll(string Worker, long Number, int Slots, ImmutableArray<HeldLease> Held, string? Version)
{
    /// <summary>The queue decides, so that a limit that is raised needs no word to the workers.</summary>
    public const int AsManyAsGiven = int.MaxValue;

    /// <summary>It says nothing of what the worker holds: <see cref="Held"/> is empty. For a queue that <see cref="PollResult.TakesBatches"/>.</summary>
    [Id(0)]
    public bool IsPartial { get; init; }
}

/// <summary>A lease on a job that a worker runs.</summary>
[GenerateSerializer, Immutable, Alias("HeldLease")]
public readonly record struct HeldLease(JobId Id, JobLease Lease);
