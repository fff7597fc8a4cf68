using JubileeVerse.Gateway;
using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Drain;

using var signals = new ProcessSignals();
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(signals);
builder.AddClusterClient();
builder.AddGateway();

var app = builder.Build();
app.UseGateway();
await app.RunUntilStoppedAsync();
