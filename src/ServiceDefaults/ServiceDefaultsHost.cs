using JubileeVerse.Operations;
using JubileeVerse.ServiceDefaults.Configuration;
using JubileeVerse.ServiceDefaults.Drain;
using JubileeVerse.ServiceDefaults.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace JubileeVerse.ServiceDefaults;

/// <summary>The services of every host: clock, random numbers, drain, health checks, configuration check and telemetry.</summary>
public static class ServiceDefaultsHost
{
    private const string OtlpEndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>May be called more than once. The first call sets the service name.</summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder, string serviceName)
    {
        if (builder.Services.Any(service => service.ServiceType == typeof(DrainState)))
            return builder;

        builder.Configuration.AddDefaultLogLevels();
        builder.Services.AddSingleton<DrainState>();
        builder.Services.TryAddSingleton<ProcessSignals>();
        builder.Services.AddSingleton<IHostLifetime, DrainLifetime>();
        builder.Services.AddSingleton<HostExit>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddRandom();
        builder.Services.AddSingleton<HealthChecks>();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddConfigurationCheck();
        builder.Services.AddKnownOptions<TelemetryOptions>(OptionSections.Telemetry);
        AddTelemetry(builder, serviceName);
        return builder;
    }

    private static void AddTelemetry(IHostApplicationBuilder builder, string serviceName)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(serviceName))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Microsoft.Orleans", "jubileeverse*"));

        var section = builder.Configuration.GetSection(OptionSections.Path(OptionSections.Telemetry));
        var endpoint = section[nameof(TelemetryOptions.OtlpEndpoint)] ?? builder.Configuration[OtlpEndpointVariable];
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri))
            return;

        // Tracing is enabled only with an exporter, because a trace costs about as much as a grain call itself.
        telemetry
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddSource("Microsoft.Orleans.Application", "jubileeverse*"))
            .UseOtlpExporter(OtlpExportProtocol.Grpc, uri);
    }
}
