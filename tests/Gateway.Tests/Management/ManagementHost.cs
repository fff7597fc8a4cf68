using System.Net;
using System.Text.Json;
using JubileeVerse.Gateway.Tests.Fakes;
using JubileeVerse.ServiceDefaults.Drain;
using JubileeVerse.ServiceDefaults.Health;
using JubileeVerse.Testing.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Gateway.Tests.Management;

/// <summary>A gateway without a cluster, with one dependency that a test switches up and down; each listener has its own port.</summary>
internal sealed class ManagementHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();

    private ManagementHost(WebApplication app, SwitchedProbe dependency, Uri main, Uri management) =>
        (_app, Dependency, Main, Management) = (app, dependency, main, management);

    public Uri Main { get; }

    public Uri Management { get; }

    public SwitchedProbe Dependency { get; }

    public static async Task<ManagementHost> StartAsync()
    {
        var main = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var management = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var dependency = new SwitchedProbe();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create<string, string?>("JubileeVerse:Management:Url", management.ToString())]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(main.ToString());
        builder.Services.AddSingleton(FakeGrains.Create().Factory);
        builder.AddGateway();
        foreach (var probe in builder.Services.Where(service => service.ServiceType == typeof(IHealthProbe)).ToArray())
            builder.Services.Remove(probe);
        builder.Services.AddSingleton<IHealthProbe>(dependency);
        // The gateway shares one check result for a second of this clock.
        builder.Services.AddSingleton<TimeProvider>(dependency.Time);
        var app = builder.Build();
        app.UseGateway();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ManagementHost(app, dependency, main, management);
    }

    public void BeginDrain() => _app.Services.GetRequiredService<DrainState>().Begin();

    /// <param name="host">The Host header of the request; null for the one that matches the listener.</param>
    public async Task<(HttpStatusCode Code, string? Status)> GetAsync(Uri listener, string path, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(listener, path));
        request.Headers.Host = host;
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var status = body.StartsWith('{') && JsonDocument.Parse(body).RootElement.TryGetProperty("status", out var value)
            ? value.ToString()
            : null;
        return (response.StatusCode, status);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
