using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace JubileeVerse.Replies;

/// <summary>
/// Metrics of replies by persona. The calls to models are measured and traced with OpenTelemetry's GenAI names under the same source.
/// Message content is never a tag.
/// </summary>
internal sealed class ReplyInstruments
{
    /// <summary>Name of the meter, and of the source of the spans <c>chat {model}</c>.</summary>
    public const string SourceName = "JubileeVerse.Ai";

    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstText;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _providerFailures;

    public ReplyInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(SourceName);
        _duration = meter.CreateHistogram<double>(
            "jubileeverse.ai.reply.duration", "s", "Duration of one attempt at a reply, from its start to its stored end.");
        _firstText = meter.CreateHistogram<double>(
            "jubileeverse.ai.reply.first_text", "s", "Time from the start of an attempt to the first text of a model.");
        _tokens = meter.CreateCounter<long>("jubileeverse.ai.tokens", "{token}", "Tokens of finished replies.");
        _providerFailures = meter.CreateCounter<long>(
            "jubileeverse.ai.provider.failures", "{call}", "Calls to a provider that returned no text.");
    }

    public void FirstTextReceived(string persona, string model, TimeSpan elapsed) =>
        _firstText.Record(elapsed.TotalSeconds, new TagList { { "persona", persona }, { "model", model } });

    public void AttemptEnded(string persona, string outcome, TimeSpan elapsed) =>
        _duration.Record(elapsed.TotalSeconds, new TagList { { "persona", persona }, { "outcome", outcome } });

    public void TokensUsed(string persona, TokenUsage usage)
    {
        _tokens.Add(usage.InputTokens, new TagList { { "persona", persona }, { "model", usage.Model }, { "direction", "input" } });
        _tokens.Add(usage.OutputTokens, new TagList { { "persona", persona }, { "model", usage.Model }, { "direction", "output" } });
    }

    public void ProviderCallFailed(string provider, string kind) =>
        _providerFailures.Add(1, new TagList { { "provider", provider }, { "kind", kind } });
}
