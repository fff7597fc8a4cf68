using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Replies.Providers;

/// <summary>
/// Asks the models in their order until one has begun to speak. From its first text on there is no other one: a person who reads an
/// answer must not see it turn into another. Each is called once at most; the job's attempts are the only retries.
/// </summary>
internal sealed partial class ReplyModel(
    IChatModelSource source, IOptions<AiOptions> options, TimeProvider time, ReplyInstruments instruments, ILogger<ReplyModel> logger)
{
    private readonly ImmutableArray<ProviderGate> _gates =
        [.. source.Models.Select(model => new ProviderGate(model, options.Value, time, logger))];

    /// <summary>The stream after its first text. Throws the <see cref="ProviderException"/> that says most of what may help.</summary>
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
                instruments.ProviderDidNotAnswer(e.Provider, e.Kind);
                LogDidNotAnswer(e, e.Provider, e.Kind, _gates.Length - failures.Count);
            }
        }

        throw Verdict(failures);
    }

    // A limit costs no attempt and an end helps later, so it counts before a failure, and a failure before a refusal:
    // as long as any of them may answer next time, the job is not lost.
    private static ProviderException Verdict(List<ProviderException> failures) =>
        failures.OfType<ProviderLimitedException>().MinBy(failure => failure.RetryAfter)
        ?? (ProviderException?)failures.OfType<ProviderFailedException>().FirstOrDefault()
        ?? failures[0];
}
