using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Replies.Providers;

/// <summary>
/// Calls the models in order until one returns text. After the first text there is no fallback, because a reply must not change into that
/// of another model while a user reads it. Each model is called at most once; only the job's attempts are retries.
/// </summary>
internal sealed partial class ReplyModel(
    IChatModelSource source, IOptions<AiOptions> options, TimeProvider time, ReplyInstruments instruments, ILogger<ReplyModel> logger)
{
    private readonly ImmutableArray<ProviderGate> _gates =
        [.. source.Models.Select(model => new ProviderGate(model, options.Value, time, logger))];

    /// <summary>
    /// Returns the stream after its first text. If all models fail, throws the <see cref="ProviderException"/> that decides the retry.
    /// </summary>
    public async Task<ReplyStream> StartAsync(ReplyRequest request, CancellationToken cancellationToken)
    {
        var failures = new List<ProviderException>(_gates.Length);
        foreach (var gate in _gates)
        {
            try
            {
                return await gate.StartAsync(request, cancellationToken);
            }
            catch (ProviderException e)
            {
                failures.Add(e);
                instruments.ProviderCallFailed(e.Provider, e.Kind);
                LogProviderFailed(e, e.Provider, e.Kind, _gates.Length - failures.Count);
            }
        }

        throw SelectFailure(failures);
    }

    // A rate limit takes precedence, because it does not count as an attempt and a later call may succeed; then a failure, then a
    // rejection. The job fails for good only if no model may succeed next time.
    private static ProviderException SelectFailure(List<ProviderException> failures) =>
        failures.OfType<ProviderLimitedException>().MinBy(failure => failure.RetryAfter)
        ?? (ProviderException?)failures.OfType<ProviderFailedException>().FirstOrDefault()
        ?? failures[0];
}
