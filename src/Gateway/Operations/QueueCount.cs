namespace JubileeVerse.Gateway.Operations;

internal sealed record QueueCount(int Waiting, int Active, long Completed, long Failed, int Delayed, bool Paused);
