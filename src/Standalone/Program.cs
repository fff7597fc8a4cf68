using JubileeVerse.Accounts;
using JubileeVerse.Gateway;
using JubileeVerse.Gateway.Realtime;
using JubileeVerse.ServiceDefaults;
using JubileeVerse.ServiceDefaults.Drain;
using JubileeVerse.Silo;

// Silo and gateway in one process, over SQLite: nothing else has to run.
using var signals = new ProcessSignals();
var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddSingleton(signals);
builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://localhost:3000");
builder.Services.Configure<AdminOptions>(admin => admin.GenerateWhenMissing = true);
// There is no other gateway to go to, and who presses Ctrl-C waits; a reply's own time is the silo's to give.
builder.Services.Configure<ConnectionDrainOptions>(drain => drain.DrainDelay = drain.DrainWindow = drain.DrainReplies = TimeSpan.Zero);
builder.AddStandaloneSilo();
builder.AddGateway();

var app = builder.Build();
app.UseGateway();
await app.RunUntilStoppedAsync();
