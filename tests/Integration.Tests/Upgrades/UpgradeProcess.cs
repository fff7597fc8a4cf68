using System.Diagnostics;
using System.Reflection;
using JubileeVerse.Testing.Processes;

namespace JubileeVerse.Integration.Tests.Upgrades;

/// <summary>A process of one version of the contract in <c>tests/Upgrade</c>: a silo, or a gateway that calls one.</summary>
internal sealed class UpgradeProcess : IAsyncDisposable
{
    private readonly Process _process;

    private UpgradeProcess(string version, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { FileOf(version) },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Errors.Add(line.Data);
        _process.BeginErrorReadLine();
    }

    private ProcessOutput Errors { get; } = new();

    /// <summary>Starts a silo and waits until it accepts calls; returns it with the port for gateways.</summary>
    public static async Task<(UpgradeProcess Process, int Port)> StartSiloAsync(string version, CancellationToken cancellationToken)
    {
        var port = LoopbackPort.Free();
        var silo = new UpgradeProcess(version, "silo", $"{LoopbackPort.Free()}", $"{port}");
        var line = await silo._process.StandardOutput.ReadLineAsync(cancellationToken);
        Assert.True(line == "ready", silo.Errors.Tail(30));
        return (silo, port);
    }

    /// <summary>Runs a gateway to its end and returns the lines that it printed.</summary>
    public static async Task<string[]> RunGatewayAsync(string version, int port, CancellationToken cancellationToken)
    {
        await using var gateway = new UpgradeProcess(version, "gateway", $"{port}");
        var output = await gateway._process.StandardOutput.ReadToEndAsync(cancellationToken);
        await gateway._process.WaitForExitAsync(cancellationToken);
        Assert.True(gateway._process.ExitCode == 0, gateway.Errors.Tail(30));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static string FileOf(string version) => typeof(UpgradeProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == $"Upgrade{version}").Value!;
}
