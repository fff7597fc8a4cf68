using JubileeVerse.Realtime;
using JubileeVerse.Upgrade;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// silo SILO_PORT GATEWAY_PORT: runs until its input ends. gateway GATEWAY_PORT: calls the silo at that port, prints what it receives,
// exits.
var ports = args.Skip(1).Select(int.Parse).ToArray();
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
if (args[0] == "silo")
    builder.UseOrleans(silo => silo.UseLocalhostClustering(ports[0], ports[1]));
else
    builder.UseOrleansClient(client => client.UseLocalhostClustering(ports[0]));

using var host = builder.Build();
await host.StartAsync();
if (args[0] == "silo")
{
    Console.WriteLine("ready");
    await Console.In.ReadToEndAsync();
}
else
{
    var client = host.Services.GetRequiredService<IClusterClient>();
    var grain = client.GetGrain<ILetterGrain>(0);
    await Conversation.RunAsync(grain, Console.Out);
    var gateway = new PrintingGateway(Console.Out);
    await grain.SendBatchAsync(client.CreateObjectReference<IGatewayObserver>(gateway));
    GC.KeepAlive(gateway);
}

await host.StopAsync();
