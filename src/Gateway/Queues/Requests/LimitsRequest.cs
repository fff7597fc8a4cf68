using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues.Requests;

/// <summary>A field that is absent leaves its limit unchanged; null resets the limit to its configured value.</summary>
internal sealed record LimitsRequest : ICheckedRequest, IAuditedRequest
{
    private const string Rule = "Must be an integer or null.";

    /// <summary>Slots per silo, at least 1; null resets it to the configured value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement ConcurrencyPerSilo { get; init; }

    /// <summary>Jobs that may run at once in the whole cluster, at least 1; null removes the limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Concurrency { get; init; }

    /// <summary>Job starts in any window of one second in the whole cluster, at least 1; null resets it to the configured value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement StartsPerSecond { get; init; }

    /// <summary>Requires that <see cref="Check"/> found no faults.</summary>
    public LimitsChange ToChange() => new()
    {
        ConcurrencyPerSilo = LimitOf(ConcurrencyPerSilo),
        StartsPerSecond = LimitOf(StartsPerSecond),
        Concurrency = LimitOf(Concurrency),
    };

    public void Check(Faults faults)
    {
        faults.AddIf(!IsLimitOrNone(ConcurrencyPerSilo), "concurrencyPerSilo", Rule);
        faults.AddIf(!IsLimitOrNone(StartsPerSecond), "startsPerSecond", Rule);
        faults.AddIf(!IsLimitOrNone(Concurrency), "concurrency", Rule);
    }

    private static NewLimit? LimitOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.Null => new NewLimit(null),
        _ => new NewLimit((int)Math.Clamp(value.GetInt64(), 0, int.MaxValue)),
    };

    /// <summary>The upper bound is not checked here, because the queue grain enforces it.</summary>
    private static bool IsLimitOrNone(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Number => value.TryGetInt64(out _),
        _ => false,
    };
}
