using JubileeVerse.Accounts;
using JubileeVerse.Gateway;
using JubileeVerse.Gateway.Realtime.Drain;
using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Drain;
using JubileeVerse.Silo;

// Silo and gateway in one process, with SQLite. No other process is needed.
using var signals = new ProcessSignals();
var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(signals);
builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://localhost:3000");
builder.Services.Configure<AdminOptions>(admin => admin.GenerateWhenMissing = true);
// Clients have no other gateway to reconnect to, and the user waits after Ctrl-C. The silo alone decides how long replies may still run.
builder.Services.Configure<ConnectionDrainOptions>(drain => drain.DrainDelay = drain.DrainWindow = drain.DrainReplies = TimeSpan.Zero);
builder.AddStandaloneSilo();
builder.AddGateway();

var app = builder.Build();
app.UseGateway();
await app.RunUntilStoppedAsync();
