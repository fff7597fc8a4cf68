using System.Text.Json.Serialization;

namespace JubileeVerse.ServiceDefaults.Health;

/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="DurationMs">Duration of the check in milliseconds.</param>
/// <param name="IsVital">See <see cref="IHealthProbe.IsVital"/>.</param>
public sealed record CheckResult(string Status, double DurationMs, [property: JsonIgnore] bool IsVital)
{
    public const string Healthy = "healthy";
    public const string Unhealthy = "unhealthy";

    [JsonIgnore]
    public bool IsHealthy => Status == Healthy;
}
