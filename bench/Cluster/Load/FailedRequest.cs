namespace JubileeVerse.Bench.Cluster.Load;

/// <summary>A request that had to be made again, or a stream that broke before its end.</summary>
/// <param name="At">When it failed.</param>
/// <param name="Request">What was asked: <c>post</c>, <c>stream</c>, <c>read</c>.</param>
/// <param name="Reason">A status and code, or what happened to the connection.</param>
/// <param name="Gateway">Who was asked.</param>
internal sealed record FailedRequest(TimeSpan At, string Request, string Reason, Uri Gateway);
