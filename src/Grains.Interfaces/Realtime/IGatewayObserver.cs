namespace JubileeVerse.Realtime;

/// <summary>A gateway's receiver for frames from silos. Only the outbox of a silo calls it, never a grain.</summary>
[Alias("IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>Applies a batch. Returns when connections can read every frame. A repeated batch is applied once.</summary>
    [Alias("DeliverAsync")]
    Task DeliverAsync(GatewayBatch batch);
}
