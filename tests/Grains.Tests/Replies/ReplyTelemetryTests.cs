using System.Diagnostics;
using System.Diagnostics.Metrics;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Builtin;
using JubileeVerse.Replies.Providers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Replies;

public sealed class ReplyTelemetryTests
{
    private const string Message = "a very private sentence";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ModelCall_AnyText_IsAGenAiSpanWithoutTheText()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ReplyInstruments.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var models = new ConfiguredChatModels(
            Options.Create(new AiOptions { Builtin = new AiBuiltinOptions { PieceDelayMs = 0 } }), TimeProvider.System);
        var options = new ChatOptions
        {
            AdditionalProperties = new() { [BuiltinChatClient.SpeakerKey] = new BuiltinSpeaker("Ada", TestPersonas.Named("Ada").Voice) },
        };

        using var parent = new Activity("test").Start();
        await models.Models[0].Client.GetStreamingResponseAsync(Message, options, Token).ToChatResponseAsync(Token);

        // Other tests call models at the same time, so only the spans of this trace count.
        var span = Assert.Single(spans.ToArray(), span => span.TraceId == parent.TraceId);
        Assert.Equal("chat builtin", span.DisplayName);
        Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
        Assert.NotNull(span.GetTagItem("gen_ai.usage.output_tokens"));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("private", StringComparison.Ordinal));
    }

    [Fact]
    public void TokensUsed_Reply_CountsByPersonaModelAndDirection()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var instruments = new ReplyInstruments(meters);
        using var tokens = new MetricCollector<long>(meters, ReplyInstruments.SourceName, "jubileeverse.ai.tokens");

        instruments.TokensUsed("ada", new TokenUsage("tiny", 7, 3));

        Assert.Equal(
            [("ada", "tiny", "input", 7L), ("ada", "tiny", "output", 3L)],
            tokens.GetMeasurementSnapshot().Select(measurement => (
                (string)measurement.Tags["persona"]!,
                (string)measurement.Tags["model"]!,
                (string)measurement.Tags["direction"]!,
                measurement.Value)));
    }
}
