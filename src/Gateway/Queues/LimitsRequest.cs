using System.Text.Json;
using System.Text.Json.Serialization;
using JubileeVerse.Gateway.Errors;
using JubileeVerse.Gateway.Operations;
using JubileeVerse.Queues;

namespace JubileeVerse.Gateway.Queues;

/// <summary>What is left out stays as it is.</summary>
internal sealed record LimitsRequest : ICheckedRequest, IAuditedRequest
{
    private const string Rule = "A whole number of 1 or more is expected.";

    /// <summary>Slots of each silo, 1 or more.</summary>
    public int? ConcurrencyPerSilo { get; init; }

    /// <summary>Jobs that may run at once over the cluster, 1 or more; null takes the bound away.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public JsonElement Concurrency { get; init; }

    /// <summary>Starts in any window of one second over the cluster, 1 or more.</summary>
    public int? StartsPerSecond { get; init; }

    public QueueLimits ToLimits(QueueLimits now) => new(ConcurrencyPerSilo ?? now.ConcurrencyPerSilo, StartsPerSecond ?? now.StartsPerSecond)
    {
        Concurrency = Concurrency.ValueKind switch
        {
            JsonValueKind.Undefined => now.Concurrency,
            JsonValueKind.Null => null,
            _ => Concurrency.GetInt32(),
        },
    };

    public void Check(Faults faults)
    {
        faults.AddIf(ConcurrencyPerSilo < 1, "concurrencyPerSilo", Rule);
        faults.AddIf(StartsPerSecond < 1, "startsPerSecond", Rule);
        faults.AddIf(!IsBoundOrNone(Concurrency), "concurrency", Rule);
    }

    private static bool IsBoundOrNone(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.Number => value.TryGetInt32(out var bound) && bound >= 1,
        _ => false,
    };
}
