using JubileeVerse.Queues.Store.Rows;

namespace JubileeVerse.Queues.Store;

/// <summary>A queue's own row.</summary>
internal sealed record QueueHead(long Epoch, bool Paused, QueueControls Controls);
