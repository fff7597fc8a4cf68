using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

/// <summary>What is left out stays as it is; null gives a limit back to the configuration.</summary>
internal sealed record LimitsRequest : ICheckedRequest, IAuditedRequest
{
    private const string Rule = "A whole number is expected, or null.";

    /// <summary>Slots of each silo, 1 or more; null: as configured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement ConcurrencyPerSilo { get; init; }

    /// <summary>Jobs that may run at once over the cluster, 1 or more; null takes the bound away.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Concurrency { get; init; }

    /// <summary>Starts in any window of one second over the cluster, 1 or more; null: as configured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement StartsPerSecond { get; init; }

    /// <summary>Only after the check.</summary>
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

    /// <summary>How great it may be is the queue's to say.</summary>
    private static bool IsLimitOrNone(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Number => value.TryGetInt64(out _),
        _ => false,
    };
}
