namespace JubileeVerse.Queues;

/// <summary>Why a run must stop.</summary>
[GenerateSerializer, Alias("JobStopReason")]
public enum JobStopReason
{
    LeaseLost = 0,
    Cancelled = 1,
    Shutdown = 2,
    TimedOut = 3,
}
