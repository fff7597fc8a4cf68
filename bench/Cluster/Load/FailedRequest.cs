namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>A request that had to be retried, or a stream that broke before its end.</summary>
/// <param name="Request">The kind of request: <c>post</c>, <c>stream</c>, <c>read</c>.</param>
/// <param name="Reason">An HTTP status and error code, or the connection failure.</param>
internal sealed record FailedRequest(TimeSpan At, string Request, string Reason, Uri Gateway);
