namespace JubileeVerse.ServiceDefaults;

/// <summary>The export of telemetry.</summary>
public sealed class TelemetryOptions
{
    /// <summary>
    /// An OTLP endpoint such as <c>http://collector:4317</c>. Default: none, unless <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one.
    /// </summary>
    public Uri? OtlpEndpoint { get; set; }
}
