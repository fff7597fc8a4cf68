using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Drain;
using JubileeVerse.ServiceDefaults.Management;
using JubileeVerse.Silo;

using var signals = new ProcessSignals();
var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(signals);
builder.AddClusterSilo();

var app = builder.Build();
app.UseManagement();
await app.RunUntilStoppedAsync();
