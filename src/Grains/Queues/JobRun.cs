using System.Globalization;
using JubileeVerse.Queues.Workers;

namespace JubileeVerse.Queues;

/// <summary>One attempt at a job.</summary>
public sealed class JobRun(JobGrant grant)
{
    public Job Job => grant.Job;

    public JobLease Lease => grant.Lease;

    /// <summary>1 for the first.</summary>
    public int Attempt => grant.Attempt;

    /// <summary>Set before the run's token is cancelled.</summary>
    public JobStopReason? StopReason { get; internal set; }

    internal JobNotes Notes { get; } = new();

    /// <summary>A line for the job's log, of which the last 100 are kept; at most 200 characters. It never waits and never throws.</summary>
    public void Log(string line) => Notes.Add(line);

    /// <summary>How far the run is, for people.</summary>
    /// <param name="percent">0 to 100.</param>
    public void Progress(double percent) => Notes.Set(string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(percent, 0, 100):0.#}%"));

    /// <summary>How far the run is, in words: at most 200 characters.</summary>
    public void Progress(string text) => Notes.Set(text);
}
