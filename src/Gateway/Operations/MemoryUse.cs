namespace JubileeVerse.Gateway.Operations;

/// <summary>Memory of this process, in bytes.</summary>
internal sealed record MemoryUse(long WorkingSetBytes, long ManagedBytes, long AvailableBytes);
