namespace JubileeVerse.Realtime;

/// <summary>A gateway, as a silo sees it. Called by the silo's outbox only, never inside a grain's turn.</summary>
[Alias("IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>Applies a batch. Returns when every frame is where connections can read it; a repeated batch is applied once.</summary>
    [Alias("DeliverAsync")]
    Task DeliverAsync(GatewayBatch batch);
}
