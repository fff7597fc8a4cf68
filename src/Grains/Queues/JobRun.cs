using System.Globalization;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Workers;

namespace JubileeVerse.Queues;

/// <summary>One run of a job.</summary>
public sealed class JobRun(JobGrant grant)
{
    public Job Job => grant.Job;

    public JobLease Lease => grant.Lease;

    /// <summary>The number of the attempt, starting at 1.</summary>
    public int Attempt => grant.Attempt;

    /// <summary>The reason why the run must stop. It is set before the run's token is cancelled.</summary>
    public JobStopReason? StopReason { get; internal set; }

    internal JobNoteSender Notes { get; } = new();

    /// <summary>
    /// Adds a line to the job's log. The queue keeps the last 100 lines of a job, each cut at 200 characters. This method never blocks and
    /// never throws.
    /// </summary>
    public void Log(string line) => Notes.AddLine(line);

    /// <summary>Sets the run's progress, which operators see.</summary>
    /// <param name="percent">0 to 100; other values are clamped.</param>
    public void Progress(double percent) =>
        Notes.SetProgress(string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(percent, 0, 100):0.#}%"));

    /// <summary>Sets the run's progress as text, cut at 200 characters.</summary>
    public void Progress(string text) => Notes.SetProgress(text);
}
